"""Criteria, critical errors and hints, without code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockGroup, FloatBlock, ListBlock, StreamBlock, StructBlock

from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.plain import (
    HiddenBlock,
    KeptBlock,
    line,
    lines,
    pick,
    pick_many,
    pick_sure,
    whole,
)
from assessments.items.task_editor.blocks.reactions import Fields
from assessments.items.task_editor.blocks.wording import (
    BUTTONS_USED,
    CHECKS,
    CRITICAL,
    HOWS,
    MATCHES,
    WHETHER,
)
from assessments.items.task_editor.condition_rows import SCREEN
from assessments.items.task_editor.judgement import FIELDS, OTHER
from assessments.items.task_editor.raw import KEPT

_ROW = "struct-block task-row"


def _check_fields(choices: Choices) -> Fields:
    return [
        ("of", pick(_("Field or note"), choices.values)),
        ("comparison", pick_sure(_("Comparison"), CHECKS)),
        ("value", lines(_("Expected"), _("Several accepted values with “ | ” between."), rows=1)),
        ("how", pick_sure(_("How exactly"), HOWS)),
    ]


def _row(label: Any, icon: str, fields: Fields) -> StructBlock:
    return StructBlock(fields, label=label, icon=icon, form_classname=_ROW)


def _rules(choices: Choices) -> Fields:
    whether: Fields = [("whether", pick(_("Done or not"), [WHETHER[1]], _("Empty: it was done.")))]
    check = _row(_("Value"), "edit", _check_fields(choices))
    did: Fields = [
        ("elements", pick_many(_("What was tapped or filled in (any of them)"), choices.acts)),
        ("value", line(_("Which choice"), _("The text of the choice, if it has several."))),
        ("where", ListBlock(check, label=_("… and at that moment"), default=[])),
        ("went", pick(_("… and it led to"), choices.screens)),
        ("times", whole(_("At least so many times"), low=1, high=50)),
    ]
    sides = [*choices.acts, (_("Seen screens"), [(SCREEN + name, title) for name, title in choices.screens])]
    before: Fields = [
        ("first", pick(_("First"), sides)),
        ("first_value", line(_("Which choice"))),
        ("second", pick(_("Then"), sides)),
        ("second_value", line(_("Which choice"))),
    ]
    return [
        ("did", _row(_("An act"), "radio-full", [*whether, *did])),
        (
            "visited",
            _row(_("A screen was seen"), "view", [*whether, ("screen", pick(_("Screen"), choices.screens))]),
        ),
        ("before", _row(_("One thing before another"), "list-ol", [*whether, *before])),
        ("value", _row(_("What stands in a field at the end"), "edit", [*whether, *_check_fields(choices)])),
        (
            "used",
            _row(_("A button of the frame"), "home", [*whether, ("button", pick(_("Button"), BUTTONS_USED))]),
        ),
    ]


def _kept_criterion() -> KeptBlock:
    return KeptBlock(label=_("Written by hand (kept as it is)"))


def criteria_block(choices: Choices, *, kept: bool) -> StreamBlock:
    check = _row(_("Field"), "edit", _check_fields(choices))
    fields: Fields = [
        ("at", pick(_("When this is tapped"), choices.acts)),
        ("which", pick(_("Which time counts"), [("first", _("The first time"))], _("Empty: the last time."))),
        ("fields", ListBlock(check, label=_("Fields that must be right"))),
    ]
    measures: Fields = [
        *_rules(choices),
        (FIELDS, StructBlock(fields, label=_("Fields filled in rightly"), icon="form")),
    ]
    if kept:
        measures += [(KEPT, KeptBlock()), (OTHER, KeptBlock(label=_("Written by hand (kept as it is)")))]
    criterion = _Criterion(
        [
            ("key", HiddenBlock()),
            (
                "label",
                line(_("What the person can do"), _("For example “Cài đúng ứng dụng của Bộ Công an”.")),
            ),
            ("points", whole(_("Points"), low=1, high=100)),
            ("measures", StreamBlock(measures, required=False, label=_("What counts for it"))),
            ("match", pick_sure(_("Together"), MATCHES)),
            ("why", lines(_("Why (said afterwards)"))),
            ("needs", pick_many(_("Counts only if these were reached too"), choices.criteria)),
        ],
        label=_("Criterion"),
        icon="tick",
    )
    return StreamBlock(
        [("criterion", criterion), *_kept(kept)], required=False, max_num=20, label=_("Points are given for")
    )


class _Criterion(StructBlock):
    def get_form_layout(self) -> BlockGroup:
        more = BlockGroup(
            ["match", "why", "needs"], heading=_("More"), classname="collapsed", icon="cogs", label_format=""
        )
        return BlockGroup(["key", "label", "points", "measures", more])


def _kept(shown: bool) -> Fields:
    return [(KEPT, KeptBlock())] if shown else []


def critical_block(choices: Choices, *, kept: bool) -> StreamBlock:
    cap = FloatBlock(
        required=False,
        min_value=0,
        max_value=100,
        label=_("Then at most so many percent of the points"),
    )
    fields: Fields = [
        ("key", HiddenBlock()),
        ("label", line(_("What happened"))),
        ("code", pick(_("Kind of error"), choices.open("code", CRITICAL))),
        ("measures", StreamBlock(_rules(choices) + _kept(kept), required=False, label=_("It happened if"))),
        ("match", pick_sure(_("Together"), MATCHES)),
        ("advice", lines(_("What to do now"))),
        ("cap", cap),
    ]
    error = StructBlock(fields, label=_("Critical error"), icon="warning")
    return StreamBlock([("error", error), *_kept(kept)], required=False, label=_("Critical errors"))


def hints_block(choices: Choices) -> ListBlock:
    cost = FloatBlock(required=False, min_value=0, max_value=20, label=_("Points that it costs"))
    fields: Fields = [
        ("screens", pick_many(_("On these screens"), choices.screens)),
        ("texts", ListBlock(lines(_("Hint")), label=_("Hints, one after another"))),
        ("cost", cost),
    ]
    return ListBlock(StructBlock(fields, icon="help"), label=_("Hints"), default=[])
