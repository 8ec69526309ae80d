"""What differs between two versions of an item, part by part. Pure: no Django; words are in ``difference_words.py``.

Parts are followed by their ids, so that a moved option is not an old one gone and a new one come.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments.items.verdict import Content

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"
# A rule or a place is read as one thing.
_WHOLE = {
    "when",
    "then",
    "rect",
    "training_code",
    "show_if",
    "start_if",
    "rows",
    "answer",
    "scoring",
    "recorded",
}
_NAMING = ("title", "label", "text", "says", "left", "value", "id")


@dataclass(frozen=True)
class Step:
    """One step down to the place: a field, or a part of a list with its place and what it is called."""

    field: str
    place: int | None = None
    name: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Difference:
    where: tuple[Step, ...]
    how: str
    before: Any = None
    after: Any = None


def differences(before: Content, after: Content) -> list[Difference]:
    """In the order of the newer version; empty exactly when the two say the same."""
    return list(_between(before, after, ()))


def _between(before: Any, after: Any, where: tuple[Step, ...]) -> Iterator[Difference]:
    if before == after and type(before) is type(after):
        return
    whole = bool(where) and where[-1].field in _WHOLE
    if isinstance(before, dict) and isinstance(after, dict) and not whole:
        for field in [*after, *(name for name in before if name not in after)]:
            yield from _between(before.get(field), after.get(field), (*where, Step(field)))
    elif _is_parts(before) and _is_parts(after) and not whole:
        yield from _between_parts(before or [], after or [], where)
    else:
        yield Difference(where, CHANGED, before, after)


def _between_parts(
    before: list[Content], after: list[Content], where: tuple[Step, ...]
) -> Iterator[Difference]:
    field = where[-1].field if where else ""
    old = {_key(part, place): (place, part) for place, part in enumerate(before)}
    new = {_key(part, place): (place, part) for place, part in enumerate(after)}
    for key, (place, part) in new.items():
        step = _step(field, place, part)
        if key in old:
            yield from _between(old[key][1], part, (*where[:-1], step))
        else:
            yield Difference((*where[:-1], step), ADDED, after=part)
    for key, (place, part) in old.items():
        if key not in new:
            yield Difference((*where[:-1], _step(field, place, part)), REMOVED, before=part)
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        yield Difference(where, MOVED, _names(before), _names(after))


def _is_parts(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and bool(value) and all(isinstance(part, dict) for part in value)
    )


def _key(part: Content, place: int) -> str:
    return f"id {part['id']}" if "id" in part else f"key {part.get('key', place)}"


def _step(field: str, place: int, part: Content) -> Step:
    name = next((str(part[one]) for one in _NAMING if part.get(one)), "")
    return Step(field, place, name, str(part.get("type", "")))


def _names(parts: list[Content]) -> list[str]:
    return [_step("", place, part).name for place, part in enumerate(parts)]


def as_text(value: Any) -> str:
    """A value as an editor reads it; a rule as one line."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return ", ".join(map(str, value))
    if isinstance(value, dict) and (named := _step("", 0, value).name):
        return named
    return str(value) if not isinstance(value, dict | list) else json.dumps(value, ensure_ascii=False)
