"""What happens on a tap: the simple case first, further cases with conditions and effects behind a fold."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, BlockGroup, ListBlock, StreamBlock, StructBlock

from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.plain import (
    HiddenBlock,
    KeptBlock,
    line,
    pick,
    pick_many,
    pick_sure,
    whole,
)
from assessments.items.task_editor.blocks.wording import COMPARISONS, HOWS, MATCHES
from assessments.items.task_editor.raw import KEPT

Fields = list[tuple[str, Block]]


class ConditionBlock(StructBlock):
    """One row: field – comparison – value."""

    def __init__(self, choices: Choices, **kwargs: Any) -> None:
        fields: Fields = [
            ("of", pick(_("Field or note"), choices.facts)),
            ("comparison", pick_sure(_("Comparison"), COMPARISONS)),
            ("value", line(_("Value"), _("As it stands on the screen; “có” or “không” for a switch."))),
            ("other", pick(_("Other field"), choices.values)),
            ("how", pick_sure(_("How exactly"), HOWS)),
        ]
        super().__init__(fields, **kwargs)

    class Meta:
        icon = "filter"
        label = _("Condition")
        form_classname = "struct-block task-row"


class GuardBlock(StructBlock):
    """Conditions that must all hold, or one of which must."""

    def __init__(self, choices: Choices, *, kept: bool, **kwargs: Any) -> None:
        rows: Fields = [("condition", ConditionBlock(choices))]
        stream = StreamBlock(rows + _kept(kept), required=False, label=_("Conditions"))
        super().__init__([("rows", stream), ("match", pick_sure(_("Together"), MATCHES))], **kwargs)


def _kept(shown: bool) -> Fields:
    """The block of kept text is there only where a task has some: nobody adds it by hand."""
    return [(KEPT, KeptBlock())] if shown else []


def _struct(label: Any, icon: str, fields: Fields) -> StructBlock:
    return StructBlock(fields, label=label, icon=icon, form_classname="struct-block task-row")


def effects_block(choices: Choices, *, kept: bool) -> StreamBlock:
    of = ("of", pick(_("Field or note"), choices.values))
    joined: Fields = [("joined", HiddenBlock())]
    value: Fields = [("value", line(_("Value")))]
    source: Fields = [("source", pick(_("Take it from"), choices.values))]
    cell = _struct(
        _("Column"),
        "table",
        [("column", line(_("Column"))), ("of", pick(_("From the field"), choices.values))],
    )
    table = ("rows", pick(_("Table"), choices.tables))
    rows: Fields = [
        ("set_to", _struct(_("Remember"), "bookmark", [of, *value, *joined])),
        ("copy_to", _struct(_("Remember what stands in a field"), "copy", [of, *source, *joined])),
        (
            "add_to",
            _struct(
                _("Add a number"), "plus", [of, ("number", whole(_("Number"), low=-1_000_000_000)), *joined]
            ),
        ),
        ("fill_with", _struct(_("Fill a field"), "edit", [of, *value, *joined])),
        ("fill_from", _struct(_("Fill a field from another"), "edit", [of, *source, *joined])),
        ("clear", _struct(_("Empty fields"), "bin", [("fields", pick_many(_("Fields"), choices.values))])),
        (
            "push",
            _struct(
                _("Add a line to a table"),
                "table",
                [table, ("cells", ListBlock(cell, label=_("Columns"), default=[]))],
            ),
        ),
        ("remove", _struct(_("Delete the tapped line"), "bin", [table])),
    ]
    return StreamBlock(rows + _kept(kept), required=False, label=_("Effects"))


class Reactions:
    """Blocks that are shared by all elements of one page: packed once, so that the page stays light."""

    def __init__(self, choices: Choices, *, kept: bool) -> None:
        self.guard = GuardBlock(choices, kept=kept, label=_("Shown only if"))
        self.enabled = GuardBlock(choices, kept=kept, label=_("May be tapped only if"))
        self.simple: Fields = [
            ("go", pick(_("Which screen does it lead to?"), choices.targets)),
            ("new_screen", line(_("… or a new screen, titled"), _("It is made when you save."))),
            (
                "say",
                line(
                    _("What the screen says then"),
                    _("Without a screen to go to, this is a refusal: “Anh/chị hãy gõ số”."),
                ),
            ),
        ]
        effects = effects_block(choices, kept=kept)
        case = StructBlock(
            [("when", GuardBlock(choices, kept=kept, label=_("If"))), *self.simple, ("effects", effects)],
            label=_("Case"),
        )
        self.further: Fields = [
            ("more", ListBlock(case, label=_("Cases that are looked at first"), default=[])),
            ("effects", effects),
        ]

    def acting(self) -> Fields:
        return [*self.simple, *self.further, ("show_if", self.guard), ("enabled_if", self.enabled)]

    def option(self) -> Fields:
        return [*self.simple, *self.further, ("show_if", self.guard)]


def folded(main: list[str], behind: list[str]) -> BlockGroup:
    """Main fields, and the rest behind “Add a condition”."""
    if not behind:
        return BlockGroup(main)
    fold = BlockGroup(
        behind, heading=_("Add a condition"), classname="collapsed", icon="filter", label_format=""
    )
    return BlockGroup([*main, fold])


FURTHER = ("more", "effects", "show_if", "enabled_if")
