"""What a task remembers, its sums and its variants."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, StreamBlock, StructBlock

from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.plain import HiddenBlock, KeptBlock, line, pick, pick_sure, whole
from assessments.items.task_editor.blocks.reactions import Fields
from assessments.items.task_editor.raw import KEPT

_TYPES = [
    ("bool", _("Yes or no")),
    ("choice", _("One of several words")),
    ("int", _("A number")),
    ("rows", _("A table that grows")),
]


def variables_block(*, kept: bool) -> StreamBlock:
    fields: Fields = [
        ("key", HiddenBlock()),
        ("label", line(_("What is remembered"), _("For example “đã khóa tài khoản”."))),
        ("type", pick_sure(_("Kind"), _TYPES)),
        ("initial", line(_("At first"), _("“có” or “không”, a word of the list, or a number."))),
        ("options", line(_("The words, with commas between"))),
        ("columns", line(_("Columns of the table, with commas between"))),
        ("max", whole(_("Most lines of the table"), low=1, high=10)),
    ]
    variable = StructBlock(
        fields, label=_("Note of the task"), icon="bookmark", form_classname="struct-block task-row"
    )
    return StreamBlock(
        [("variable", variable), *_kept(kept)], required=False, label=_("What the task remembers")
    )


def totals_block(choices: Choices, *, kept: bool) -> StreamBlock:
    part: Fields = [
        ("of", pick(_("Field or note"), choices.values)),
        ("times", whole(_("Times"), low=-1_000_000_000)),
        ("amount", whole(_("or a fixed number"), low=-1_000_000_000)),
    ]
    row = StructBlock(part, form_classname="struct-block task-row")
    total = StructBlock(
        [("key", HiddenBlock()), ("label", line(_("Name"))), ("parts", ListBlock(row, label=_("Added up")))],
        label=_("Sum"),
        icon="plus",
    )
    return StreamBlock([("total", total), *_kept(kept)], required=False, label=_("Sums"))


def variants_block() -> ListBlock:
    row = StructBlock(
        [("name", line(_("Name"), _("Written [[name]] in the texts."))), ("value", line(_("Value")))],
        form_classname="struct-block task-row",
    )
    variant = StructBlock([("values", ListBlock(row, label=_("Values")))], label=_("Variant"), icon="copy")
    return ListBlock(variant, label=_("Variants"), default=[])


def _kept(shown: bool) -> Fields:
    return [(KEPT, KeptBlock())] if shown else []
