"""Rows of plain fields for the parts of an item, so that nobody needs to write code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.items.kinds.base import parts_of
from assessments.items.verdict import Content

_SPARE_ROWS = 2


@dataclass(frozen=True)
class Column:
    name: str
    label: str | Promise
    tick: bool = False


_FEEDBACK = Column("feedback", _("Feedback"))
_OPTIONS = (Column("text", _("Option")), Column("correct", _("Right"), tick=True), _FEEDBACK)
_CASE = (Column("text", _("Text")), Column("genuine", _("Genuine"), tick=True), _FEEDBACK)
# List of parts -> columns, for each kind that is edited in rows; other kinds are edited as structured text.
ROWS: dict[str, dict[str, tuple[Column, ...]]] = {
    "choice": {"options": _OPTIONS},
    "true_false": {"options": _OPTIONS},
    "multiple_choice": {"options": _OPTIONS},
    "order": {"cards": (Column("text", _("Card, in the right order")), _FEEDBACK)},
    "match": {
        "pairs": (Column("left", _("Left side")), Column("right", _("Its answer")), _FEEDBACK),
        "extra_right": (Column("text", _("Spare answer")), _FEEDBACK),
    },
    "message_triage": {"messages": (Column("sender", _("Sender")), *_CASE)},
    "web_address": {"addresses": _CASE},
    "document_check": {
        "fields": (
            Column("label", _("Field")),
            Column("value", _("Entry")),
            Column("fault", _("A fault"), True),
            _FEEDBACK,
        )
    },
}
# Which tick says how many a person must choose.
_COUNTED = {
    "multiple_choice": ("select", "options", "correct"),
    "document_check": ("faults_to_find", "fields", "fault"),
}
_FIXED_ROWS = {"true_false": 2}


def field_name(list_name: str, row: int, column: str) -> str:
    return f"{list_name}-{row}-{column}"


def row_fields(kind: str, content: Content) -> dict[str, forms.Field]:
    """Existing parts and a few spare rows, filled with what the content says."""
    fields: dict[str, forms.Field] = {}
    for list_name, columns in ROWS[kind].items():
        parts = parts_of(content, list_name)
        for row in range(_row_count(kind, len(parts))):
            part = parts[row] if row < len(parts) else {}
            for column in columns:
                fields[field_name(list_name, row, column.name)] = _field(column, row, part.get(column.name))
    return fields


def _row_count(kind: str, existing: int) -> int:
    return _FIXED_ROWS.get(kind) or max(existing + _SPARE_ROWS, 4)


def _field(column: Column, row: int, value: Any) -> forms.Field:
    label = f"{row + 1}. {column.label}"
    if column.tick:
        return forms.BooleanField(label=label, required=False, initial=value is True)
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, initial=value or "", max_length=600, widget=area)


def parts_from(kind: str, cleaned: dict[str, Any], before: Content) -> Content:
    """The lists of parts that the rows say; a row without any text is no part. Ids of kept rows stay."""
    written: Content = {}
    for list_name, columns in ROWS[kind].items():
        old = parts_of(before, list_name)
        parts: list[Content] = []
        row = 0
        while field_name(list_name, row, columns[0].name) in cleaned:
            part = {column.name: cleaned[field_name(list_name, row, column.name)] for column in columns}
            if any(isinstance(value, str) and value.strip() for value in part.values()):
                kept = old[row] if row < len(old) else {"id": _new_id(kind, list_name, row)}
                parts.append({**kept, **part})
            row += 1
        written[list_name] = parts
    return {**written, **_derived(kind, written)}


def _new_id(kind: str, list_name: str, row: int) -> str:
    if kind == "true_false":
        return ("true", "false")[row]
    return f"{list_name[0]}{row + 1}"


def _derived(kind: str, written: Content) -> Content:
    """What follows from the rows: positions of cards, the number to choose, the truth of a statement."""
    if kind == "order":
        return {
            "cards": [{**card, "position": place} for place, card in enumerate(written["cards"], start=1)]
        }
    if kind in _COUNTED:
        name, list_name, tick = _COUNTED[kind]
        return {name: sum(part[tick] for part in written[list_name])}
    if kind == "true_false":
        return {"answer": any(part["id"] == "true" and part["correct"] for part in written["options"])}
    return {}
