"""What is audited: items, facts and lessons as plain dicts, and what they are measured against. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from assessments.items.verdict import Content

# Outcome -> difficulty as text -> codes of kinds, one code for each item that must be there.
Blueprint = Mapping[str, Mapping[str, Sequence[str]]]

LETTERS = {
    "choice": "CH",
    "multiple_choice": "MC",
    "true_false": "TF",
    "order": "OR",
    "match": "MA",
    "fill_in": "FI",
    "hotspot": "HS",
    "sort_groups": "SG",
    "number": "NU",
    "message_triage": "TR",
    "web_address": "WA",
    "qr_reading": "QR",
    "document_check": "DC",
    "conversation": "CV",
    "observed_task": "OB",
    "simulated_task": "ST",
}
IN_USE = frozenset({"live", "pilot"})
_AUDITED = IN_USE | {"review"}
# Everyday people of a village: their texts have the shortest sentences.
CITIZENS = frozenset({"citizen", "elderly", "minority", "trader", "farmer"})


@dataclass(frozen=True)
class Bank:
    """Items carry their own skill and state; a simulated task stands under ``simulation`` of its item."""

    items: Sequence[Content]
    facts: Mapping[str, Content]
    lessons: Sequence[Content]
    blueprint: Blueprint
    today: date
    plain_words: Mapping[str, str] = field(default_factory=dict)
    public_persons: Sequence[str] = ()
    # Keys of facts that two files tell differently: whichever is loaded last would win.
    facts_told_twice: Sequence[str] = ()

    @cached_property
    def audited(self) -> list[Content]:
        """Drafts and retired items reach nobody; they only count as taken ids."""
        return [item for item in self.items if state_of(item) in _AUDITED]

    @cached_property
    def by_id(self) -> dict[str, Content]:
        return {id_of(item): item for item in self.items}


def id_of(content: Content) -> str:
    return str(content.get("id") or "?")


def state_of(item: Content) -> str:
    return str(item.get("state"))


def tags_of(item: Content) -> list[str]:
    return [str(tag) for tag in listed(item.get("tags"))]


def skill_of(item: Content) -> str:
    return str(item.get("skill") or "?").upper()


def letters_of(item: Content) -> str:
    return LETTERS.get(str(item.get("kind")), "?")


def is_practice_only(item: Content) -> bool:
    """An item of a lesson: never scored, so it needs no place in the bank."""
    return "practice-only" in tags_of(item)


def audience_of(content: Content) -> set[str]:
    return {str(one) for one in listed(content.get("audience"))}


def difficulty_of(item: Content) -> int:
    value = item.get("difficulty")
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def listed(value: Any) -> list[Any]:
    """A list as it is; anything else counts as empty (the check of fields complains)."""
    return value if isinstance(value, list) else []


def number_in(content: Content, name: str) -> float:
    """A finite number as it is; anything else counts as nothing."""
    value = content.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if math.isfinite(value) else 0.0


def parts(content: Content, name: str) -> list[Content]:
    return [part for part in listed(content.get(name)) if isinstance(part, dict)]


def task_of(item: Content) -> Content:
    task = item.get("simulation")
    return task if isinstance(task, dict) else {}


def by_skill(items: Sequence[Content]) -> Iterator[tuple[str, list[Content]]]:
    """Skills in their order with their items."""
    for skill in sorted({skill_of(item) for item in items}):
        yield skill, [item for item in items if skill_of(item) == skill]
