"""Facts that the person is given, and sources of the task."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, StructBlock

from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.plain import line, lines, pick
from assessments.items.task_editor.blocks.wording import MARKS

_ROW = "struct-block task-row"


def facts_block() -> ListBlock:
    fact = StructBlock([("label", line(_("Name"))), ("value", line(_("Value")))], form_classname=_ROW)
    return ListBlock(fact, label=_("What the person is told"), default=[])


def sources_block(choices: Choices) -> ListBlock:
    source = StructBlock(
        [
            ("fact", lines(_("What the source says"))),
            ("source", line(_("Where that stands"))),
            ("mark", pick(_("How sure"), choices.open("mark", MARKS))),
        ],
        form_classname=_ROW,
    )
    return ListBlock(source, label=_("Sources"), default=[])
