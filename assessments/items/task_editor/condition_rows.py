"""Guards as rows *field – comparison – value*, and back. Pure.

A row that would not give the same guard again is kept as text.
"""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.comparison import SHAPES
from assessments.items.task_editor.known import Known
from assessments.items.task_editor.raw import KEPT, Raw, child, clean_text, kept, unkept, whole_number

SCREEN = "screen:"
SHAPE, NOT = "shape_", "not_"
_NUMBERS = {"at_least", "at_most", "longer"}
_LITERALS = {"is", "is_not", "has"}
COMPARISONS = (
    "is", "is_not", "filled", "empty", "at_least", "at_most", "longer", "has", "same_as",
    *(SHAPE + shape for shape in SHAPES), *(NOT + SHAPE + shape for shape in SHAPES), NOT + "has",
    "visited", NOT + "visited",
)  # fmt: skip


def rows_of_guard(guard: Any, known: Known) -> Raw:
    """``{match: all | any, rows: […]}``; no guard gives no rows."""
    match, guards = "all", guard
    if isinstance(guard, dict) and set(guard) == {"any"} and isinstance(guard["any"], list):
        match, guards = "any", guard["any"]
    parts = [] if guards is None else guards if isinstance(guards, list) else [guards]
    rows = {"match": match, "rows": [_row(one, known) for one in parts]}
    if guard is not None and guard_of_rows(rows, known) != guard:
        return {"match": "all", "rows": [kept(guard)]}
    return rows


def guard_of_rows(value: Raw | None, known: Known) -> Any:
    """A guard, or None when there are no rows."""
    value = value or {}
    found = [
        unkept(one["value"]) if one["type"] == KEPT else _guard(one["value"], known)
        for one in value.get("rows") or []
    ]
    guards = [one for one in found if one is not None]
    if not guards:
        return None
    if value.get("match") == "any" and len(guards) > 1:
        return {"any": guards}
    return guards[0] if len(guards) == 1 else guards


def _row(guard: Any, known: Known) -> Raw:
    row = _plain_row(guard, known) if isinstance(guard, dict) else None
    if row is None or _guard(row, known) != guard:
        return kept(guard)
    return child("condition", row)


def _plain_row(guard: dict[str, Any], known: Known) -> Raw | None:
    if isinstance(guard.get("not"), dict):
        row = _plain_row(guard["not"], known)
        return {**row, "comparison": NOT + row["comparison"]} if row else None
    if "visited" in guard:
        return _made(SCREEN + str(guard["visited"]), "visited")
    operators = [key for key in guard if key not in {"of", "how"}]
    if len(operators) != 1 or "of" not in guard:
        return None
    name, operator, how = str(guard["of"]), operators[0], str(guard.get("how", "exact"))
    value = guard[operator]
    if operator == "filled":
        return _made(name, "filled" if value is True else "empty")
    if operator == "shape":
        return _made(name, SHAPE + str(value))
    if operator == "same_as":
        return _made(name, operator, other=str(value), how=how)
    return _made(name, operator, known.words(name, value), how=how)


def _made(name: str, comparison: str, value: str = "", other: str = "", how: str = "exact") -> Raw:
    return {"of": name, "comparison": comparison, "value": value, "other": other, "how": how}


def _guard(row: Raw, known: Known) -> Any:
    name, comparison = str(row.get("of") or ""), row.get("comparison") or "is"
    words = clean_text(row.get("value"))
    if not name and not words:
        return None
    if comparison.startswith(NOT) and comparison in COMPARISONS:
        return {"not": _guard({**row, "comparison": comparison.removeprefix(NOT)}, known)}
    if name.startswith(SCREEN):
        return {"visited": name.removeprefix(SCREEN)}
    return _of_value(name, comparison, words, row, known)


def _of_value(name: str, comparison: str, words: str, row: Raw, known: Known) -> dict[str, Any]:
    how = row.get("how") or "exact"
    guard: dict[str, Any] = {"of": name}
    if comparison in {"filled", "empty", "visited"}:
        guard["filled"] = comparison != "empty"
    elif comparison.startswith(SHAPE):
        guard["shape"] = comparison.removeprefix(SHAPE)
    elif comparison in _NUMBERS:
        guard[comparison] = whole_number(words)
    elif comparison == "same_as":
        guard["same_as"] = str(row.get("other") or "")
    elif comparison in _LITERALS:
        guard[comparison] = known.literal(name, words)
    if how != "exact" and comparison in {"is", "is_not", "same_as"}:
        guard["how"] = how
    return guard
