"""Which of several answers to the same item counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from assessments.sittings.models import Purpose, SittingItem


@dataclass(frozen=True)
class Counted:
    """The counted answer to one scored item; ``correct`` is None where nothing was answered."""

    item: int
    skill: str
    correct: bool | None
    points: float = 0.0
    seconds: float | None = None
    critical: int = 0


def counts_first(purpose: str) -> bool:
    """In practice the key is shown after an answer, so the first answer counts; elsewhere the last."""
    return purpose == Purpose.PRACTICE


def counted_by_sitting(sittings: Collection[int]) -> dict[int, list[Counted]]:
    """Every scored item of these sittings, in one query. Items that were only tried out are left out."""
    rows = (
        SittingItem.objects.filter(sitting__in=sittings, scored=True)
        .order_by("sitting", "position", "responses__pk")
        .values_list(
            "sitting",
            "sitting__purpose",
            "position",
            "version__item",
            "version__item__skill__code",
            "responses__correct",
            "responses__points",
            "responses__seconds",
            "responses__critical",
        )
    )
    counted: dict[int, dict[int, Counted]] = defaultdict(dict)
    for sitting, purpose, position, item, skill, correct, points, seconds, critical in rows:
        if position not in counted[sitting] or not counts_first(purpose):
            counted[sitting][position] = Counted(
                item, skill, correct, points or 0.0, seconds, len(critical or ())
            )
    return {sitting: list(places.values()) for sitting, places in counted.items()}
