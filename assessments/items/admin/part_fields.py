"""Which fields the parts of an item have, kind by kind, so that nobody needs to write code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.items.admin.part_sorts import (
    LineField,
    LinesField,
    NumberField,
    OneOfField,
    PlaceField,
    SlipsField,
    TextField,
    TickField,
)
from assessments.items.kinds.base import parts_of
from assessments.items.verdict import Content

_SPARE_ROWS = 2


@dataclass(frozen=True)
class Column:
    name: str
    label: str | Promise
    sort: type[forms.Field] = TextField


_FEEDBACK = Column("feedback", _("Feedback"))
_RIGHT_SAID = Column("feedback_right", _("Feedback for a right answer"))
_OPTIONS = (Column("text", _("Option")), Column("correct", _("Right"), TickField), _FEEDBACK)
_CASE = (Column("text", _("Text")), Column("genuine", _("Genuine"), TickField), _FEEDBACK)
_ACCEPT = Column("accept", _("Accepted answers, one a line"), LinesField)
# List of parts -> columns, for each kind; conversations have a form of their own.
ROWS: dict[str, dict[str, tuple[Column, ...]]] = {
    "choice": {"options": _OPTIONS},
    "true_false": {"options": _OPTIONS},
    "multiple_choice": {"options": _OPTIONS},
    "order": {"cards": (Column("text", _("Card, in the right order")), _FEEDBACK)},
    "match": {
        "pairs": (Column("left", _("Left side")), Column("right", _("Its answer")), _FEEDBACK),
        "extra_right": (Column("text", _("Spare answer")), _FEEDBACK),
    },
    "sort_groups": {
        "groups": (Column("text", _("Group")),),
        "cards": (Column("text", _("Card")), Column("group", _("Its group"), OneOfField), _FEEDBACK),
    },
    "number": {"common_errors": (Column("value", _("Usual wrong number"), NumberField), _FEEDBACK)},
    "fill_in": {
        "blanks": (
            Column("label", _("Label of the blank"), LineField),
            _ACCEPT,
            Column("diacritics_optional", _("Also right without diacritics"), TickField),
            Column("unit", _("Unit"), LineField),
            _RIGHT_SAID,
            Column("feedback_other", _("Feedback for another answer")),
            Column("common_errors", _("Usual slips"), SlipsField),
        )
    },
    "hotspot": {
        "regions": (
            Column("label", _("What is seen there")),
            Column("rect", _("Place"), PlaceField),
            Column("correct", _("Right"), TickField),
            _FEEDBACK,
        )
    },
    "qr_reading": {
        "questions": (
            Column("text", _("Question")),
            _ACCEPT,
            Column("accept_number", _("Or an accepted number"), NumberField),
            _RIGHT_SAID,
            Column("feedback_wrong", _("Feedback for a wrong answer")),
        )
    },
    "observed_task": {
        "checklist": (
            Column("text", _("Act that can be seen")),
            Column("points", _("Points"), NumberField),
            Column("required", _("Must be done to pass"), TickField),
            _FEEDBACK,
        ),
        "critical_errors": (Column("text", _("Critical error")), _FEEDBACK),
    },
    "message_triage": {"messages": (Column("sender", _("Sender"), LineField), *_CASE)},
    "web_address": {"addresses": _CASE},
    "document_check": {
        "fields": (
            Column("label", _("Field"), LineField),
            Column("value", _("Entry")),
            Column("fault", _("A fault"), TickField),
            _FEEDBACK,
        )
    },
}
# Fields that an item has once; two names lead into a part of the content.
SINGLES: dict[str, dict[tuple[str, ...], Column]] = {
    "number": {
        ("answer", "value"): Column("", _("Right number"), NumberField),
        ("answer", "tolerance"): Column("", _("Tolerance"), NumberField),
        ("answer", "unit"): Column("", _("Unit"), LineField),
        ("feedback_right",): Column("", _("Feedback for a right answer")),
        ("feedback_other",): Column("", _("Feedback for another answer")),
    },
    "hotspot": {
        ("picture", "file"): Column("", _("Picture"), OneOfField),
        ("picture", "alt"): Column("", _("Alternative text")),
        ("picture", "audio_script"): Column("", _("Text read aloud")),
    },
    "qr_reading": {("payload",): Column("", _("Content of the training code"))},
    "observed_task": {
        ("setting",): Column("", _("Setting")),
        ("observer_says",): Column("", _("What the observer says")),
        ("minutes",): Column("", _("Minutes"), NumberField),
        ("scoring", "pass"): Column("", _("Points to pass"), NumberField),
    },
}
# Which tick says how many a person must choose.
_COUNTED = {
    "multiple_choice": ("select", "options", "correct"),
    "document_check": ("faults_to_find", "fields", "fault"),
    "hotspot": ("marks_to_find", "regions", "correct"),
}
_FIXED_ROWS = {"true_false": 2}
_WITHOUT_IDS = {"common_errors"}
Choices = dict[str, list[tuple[str, Any]]]


def field_name(list_name: str, row: int, column: str) -> str:
    return f"{list_name}-{row}-{column}"


def single_name(path: tuple[str, ...]) -> str:
    return "one-" + "-".join(path)


def part_fields(kind: str, content: Content, pictures: list[str]) -> dict[str, forms.Field]:
    """Single fields, existing parts and a few spare rows, filled with what the content says."""
    fields: dict[str, forms.Field] = {}
    choices = _choices(content, pictures)
    for path, column in SINGLES.get(kind, {}).items():
        fields[single_name(path)] = _field(column, column.label, _at(content, path), choices.get(path[-1]))
    for list_name, columns in ROWS.get(kind, {}).items():
        parts = parts_of(content, list_name)
        for row in range(_row_count(kind, len(parts))):
            part = parts[row] if row < len(parts) else {}
            for column in columns:
                name = field_name(list_name, row, column.name)
                fields[name] = _field(column, column.label, part.get(column.name), choices.get(column.name))
    return fields


def _row_count(kind: str, existing: int) -> int:
    return _FIXED_ROWS.get(kind) or max(existing + _SPARE_ROWS, 4)


def _choices(content: Content, pictures: list[str]) -> Choices:
    groups = [str(group.get("id")) for group in parts_of(content, "groups")]
    while len(groups) < max(4, len(parts_of(content, "groups")) + _SPARE_ROWS):
        groups.append(_free_id("groups", groups))
    named = [(one, str(place)) for place, one in enumerate(groups, start=1)]
    return {"group": [("", "–"), *named], "file": [("", "–"), *((file, file) for file in pictures)]}


def _field(column: Column, label: Any, value: Any, choices: list[tuple[str, Any]] | None) -> forms.Field:
    options: dict[str, Any] = {"label": label, "initial": "" if value is None else value}
    if column.sort is OneOfField:
        options["choices"] = choices
    return column.sort(**options)


def parts_from(kind: str, cleaned: dict[str, Any], before: Content) -> Content:
    """What the fields say; a row without anything in it is no part. Ids of kept rows stay."""
    written: Content = {}
    for path in SINGLES.get(kind, {}):
        _set(written, before, path, cleaned.get(single_name(path)))
    for list_name, columns in ROWS.get(kind, {}).items():
        written[list_name] = _parts(kind, list_name, columns, cleaned, before)
        if not written[list_name] and list_name not in before:
            del written[list_name]
    return {**written, **_derived(kind, written, before)}


def _parts(
    kind: str, list_name: str, columns: tuple[Column, ...], cleaned: dict[str, Any], before: Content
) -> list[Content]:
    old, parts = parts_of(before, list_name), []
    ids = [str(part.get("id", "")) for part in old]
    row = 0
    while field_name(list_name, row, columns[0].name) in cleaned:
        part = {column.name: cleaned[field_name(list_name, row, column.name)] for column in columns}
        if any(value not in (None, "", [], False) for value in part.values()):
            kept = old[row] if row < len(old) else _new_part(kind, list_name, row, ids)
            parts.append(merged(kept, part))
        row += 1
    return parts


def merged(kept: Content, part: Content) -> Content:
    """What was empty before stays as it was, so that saving without a change makes no new version."""
    known = len(kept) > 1
    changed = {
        name: value
        for name, value in part.items()
        if not (_is_empty(value) and _is_empty(kept.get(name)) and (known or value is not False))
    }
    return {
        name: value
        for name, value in {**kept, **changed}.items()
        if value is not None or kept.get(name, 0) is None
    }


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {}) or value is False


def _new_part(kind: str, list_name: str, row: int, ids: list[str]) -> Content:
    if list_name in _WITHOUT_IDS:
        return {}
    if kind == "true_false":
        return {"id": ("true", "false")[row]}
    ids.append(_free_id(list_name, ids))
    return {"id": ids[-1]}


def _free_id(list_name: str, taken: list[str]) -> str:
    number = len(taken) + 1
    while f"{list_name[0]}{number}" in taken:
        number += 1
    return f"{list_name[0]}{number}"


def _at(content: Content, path: tuple[str, ...]) -> Any:
    value: Any = content
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _set(written: Content, before: Content, path: tuple[str, ...], value: Any) -> None:
    if _is_empty(value) and _is_empty(_at(before, path)):
        return
    if len(path) == 1:
        written[path[0]] = value
        return
    outer, inner = path
    written[outer] = merged({**(before.get(outer) or {}), **written.get(outer, {})}, {inner: value})


def _derived(kind: str, written: Content, before: Content) -> Content:
    """What follows from the fields: positions, the number to choose, the truth of a statement, the full points."""
    if kind == "order":
        cards = written.get("cards", [])
        return {"cards": [{**card, "position": place} for place, card in enumerate(cards, start=1)]}
    if kind in _COUNTED:
        name, list_name, tick = _COUNTED[kind]
        return {name: sum(part.get(tick) is True for part in written.get(list_name, []))}
    if kind == "true_false":
        return {"answer": any(o["id"] == "true" and o.get("correct") for o in written.get("options", []))}
    if kind == "observed_task":
        points = sum(int(one.get("points") or 0) for one in written.get("checklist", []))
        rule = before.get("scoring") or {"critical_error_fails": True}
        return {"scoring": {**rule, **written.get("scoring", {}), "max": points}}
    return {}
