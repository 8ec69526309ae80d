"""The stream of a screen: every type of element, grouped as editors look for them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StructBlock

from assessments.items.task_editor.blocks.acting import ACTING_BLOCKS
from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.filled import FILLED_BLOCKS
from assessments.items.task_editor.blocks.plain import KeptBlock, pick
from assessments.items.task_editor.blocks.reactions import Fields, Reactions
from assessments.items.task_editor.blocks.shown import SHOWN_BLOCKS
from assessments.items.task_editor.elements import INCLUDE
from assessments.items.task_editor.raw import KEPT


def elements_block(choices: Choices, reactions: Reactions, *, kept: bool) -> StreamBlock:
    """``kept``: this screen has parts that only text can say."""
    fields: Fields = [
        (block.kind, block(choices, reactions)) for block in (*SHOWN_BLOCKS, *ACTING_BLOCKS, *FILLED_BLOCKS)
    ]
    if choices.parts:
        part = StructBlock(
            [("part", pick(_("Which part"), choices.parts))],
            label=_("Shared part"),
            icon="duplicate",
            group=_("Other"),
        )
        fields.append((INCLUDE, part))
    if kept:
        fields.append((KEPT, KeptBlock()))
    return StreamBlock(fields, required=False, max_num=20, label=_("What stands on the screen"))
