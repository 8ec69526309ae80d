"""What an item rests on: facts that somebody checked, and the day until which they hold. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from assessments.items.verdict import Content

_UNSURE = {"C", "M"}
# Fields that say how an item is filed and checked, not what it asks or says.
BOOKKEEPING = frozenset(
    {
        "state", "tags", "audience", "enemies", "misconceptions", "difficulty", "mark", "verified_on", "review_by",
        "spoil_risk", "geography", "language_state",
    }
)  # fmt: skip


class Ground(Protocol):
    """A fact as far as it matters here."""

    @property
    def key(self) -> str: ...
    @property
    def sure(self) -> bool: ...


def are_sure(content: Content, facts: Iterable[Ground]) -> bool:
    """Every named fact is known and sure, and somebody compared the item with its source."""
    sure = {fact.key for fact in facts if fact.sure}
    sources = (content.get("simulation") or {}).get("sources") or []
    marks = {content.get("mark"), *(one.get("mark") for one in sources if isinstance(one, dict))}
    named = set(content.get("facts") or [])
    return named <= sure and not marks & _UNSURE and (bool(named) or bool(content.get("verified_on")))


def earliest(content: Content, fact_days: Iterable[date | None]) -> date | None:
    """The day by which the item must be looked at again: its own or that of its first fact."""
    days = [day for day in fact_days if day is not None]
    if content.get("review_by"):
        days.append(date.fromisoformat(str(content["review_by"])))
    return min(days, default=None)


def asks_the_same(one: Content, other: Content) -> bool:
    """Equal but for bookkeeping: answers to both may be counted together."""
    return _asked(one) == _asked(other)


def _asked(content: Content) -> Content:
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}
