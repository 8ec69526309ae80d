"""What an answer chose, as short marks that can be counted, and what the marks of an item mean. Pure: no Django.

Typed answers have no marks: what people write is theirs, and there would be no end of different ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments.items.verdict import Answer, Content


@dataclass(frozen=True)
class MarkMeaning:
    """A part of an item: what it says, and whether this mark on it is right."""

    mark: str
    label: str
    right: bool


def marks_of(answer: Answer) -> tuple[str, ...]:
    """The kind is told by the shape of the answer."""
    return tuple(dict.fromkeys(_marks(answer)))


def _marks(answer: Answer) -> Iterator[str]:
    if "option" in answer:
        yield str(answer["option"])
    for name in ("options", "path", "done", "critical"):
        yield from map(str, answer.get(name) or [])
    for name in ("pairs", "groups", "genuine"):
        for part, given in (answer.get(name) or {}).items():
            yield f"{part}={_word(given)}"
    for place, card in enumerate(answer.get("order") or [], start=1):
        yield f"{card}={place}"


def meanings(content: Content) -> list[MarkMeaning]:
    """The marks worth showing to an editor, in the author's order; for cards and pairs only the right ones."""
    found: list[MarkMeaning] = []
    for name in ("options", "regions"):
        found += [_ticked(part, "correct") for part in _parts(content, name)]
    found += [_ticked(part, "fault") for part in _parts(content, "fields")]
    for name in ("messages", "addresses"):
        found += [_right(part, part.get("genuine") is True) for part in _parts(content, name)]
    for node in _parts(content, "nodes"):
        found += [
            MarkMeaning(str(one["id"]), str(one["text"]), float(one.get("points") or 0) > 0)
            for one in _parts(node, "choices")
        ]
    found += [_right(part, part["id"]) for part in _parts(content, "pairs")]
    for part in _parts(content, "cards"):
        found.append(_right(part, part["group"] if "group" in part else part.get("position")))
    found += [MarkMeaning(str(one["id"]), str(one["text"]), True) for one in _parts(content, "checklist")]
    found += [
        MarkMeaning(str(one["id"]), str(one["text"]), False) for one in _parts(content, "critical_errors")
    ]
    return found


def counts_right_only(content: Content) -> bool:
    """Whether a row says how often a part was handled rightly, not how often it was chosen."""
    return any(content.get(name) for name in ("messages", "addresses", "pairs", "cards"))


def _ticked(part: Content, key: str) -> MarkMeaning:
    return MarkMeaning(str(part["id"]), _text(part), part.get(key) is True)


def _right(part: Content, given: Any) -> MarkMeaning:
    return MarkMeaning(f"{part['id']}={_word(given)}", _text(part), True)


def _text(part: Content) -> str:
    if "left" in part:
        return f"{part['left']} – {part.get('right', '')}"
    if "value" in part and "label" in part:
        return f"{part['label']}: {part['value']}"
    return str(part.get("text") or part.get("label") or part.get("id"))


def _word(given: Any) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)


def _parts(content: Content, name: str) -> list[Content]:
    parts = content.get(name)
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
