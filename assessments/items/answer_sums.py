"""What is kept about the answers to an item, and what follows from it. Pure: no Django.

All sums are whole numbers (points, shares and logarithms of seconds in thousandths): adding them in any order gives
the same, so that a recount must agree exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

_UNIT = 1000
# Below this many answers a correlation says nothing.
FEWEST_PAIRS = 20


@dataclass(frozen=True)
class Answered:
    """One item in one finished sitting; ``rest`` is the share of points in the other items of its skill."""

    answered: bool
    points: float = 0.0
    rest: float | None = None
    seconds: float | None = None
    marks: tuple[str, ...] = ()
    critical: tuple[str, ...] = ()


@dataclass
class Sums:
    """``points`` and what follows is over first measured sittings; ``pair_…`` over those with other items beside."""

    asked: int = 0
    answered: int = 0
    points: int = 0
    pairs: int = 0
    pair_points: int = 0
    pair_points_squared: int = 0
    pair_rest: int = 0
    pair_rest_squared: int = 0
    pair_product: int = 0
    timed: int = 0
    log_seconds: int = 0
    with_critical: int = 0
    practised: int = 0
    practice_points: int = 0
    marks: dict[str, int] = field(default_factory=dict)
    critical: dict[str, int] = field(default_factory=dict)

    def add(self, other: Sums) -> None:
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, dict):
                for key, count in theirs.items():
                    mine[key] = mine.get(key, 0) + count
            else:
                setattr(self, one.name, mine + theirs)

    def flat(self) -> dict[str, int]:
        """Every number by name, without zeros; to compare two sums."""
        found: dict[str, int] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, dict):
                found |= {f"{one.name}.{key}": count for key, count in value.items()}
            else:
                found[one.name] = value
        return {name: value for name, value in found.items() if value}


def measured(one: Answered) -> Sums:
    """An answer of a first measured sitting. What was left out counts as asked, and says nothing more."""
    if not one.answered:
        return Sums(asked=1)
    points = _whole(one.points)
    sums = Sums(
        asked=1,
        answered=1,
        points=points,
        with_critical=int(bool(one.critical)),
        marks=_counts(one.marks),
        critical=_counts(one.critical),
    )
    if one.rest is not None:
        rest = _whole(one.rest)
        sums.pairs, sums.pair_points, sums.pair_rest = 1, points, rest
        sums.pair_points_squared, sums.pair_rest_squared = points**2, rest**2
        sums.pair_product = points * rest
    if one.seconds is not None and one.seconds > 0:
        sums.timed, sums.log_seconds = 1, _whole(math.log(one.seconds))
    return sums


def practised(one: Answered) -> Sums:
    """Practice is counted apart: help, hints and repetition are wanted there."""
    return Sums(practised=1, practice_points=_whole(one.points)) if one.answered else Sums()


def facility(sums: Sums) -> float | None:
    """The mean share of points of those who answered."""
    return sums.points / sums.answered / _UNIT if sums.answered else None


def practice_facility(sums: Sums) -> float | None:
    return sums.practice_points / sums.practised / _UNIT if sums.practised else None


def usual_seconds(sums: Sums) -> float | None:
    """The geometric mean: one person who went to lunch does not move it."""
    return math.exp(sums.log_seconds / sums.timed / _UNIT) if sums.timed else None


def discrimination(sums: Sums) -> float | None:
    """Correlation between the points of the item and the share of points in the other items of its skill."""
    n = sums.pairs
    if n < FEWEST_PAIRS:
        return None
    points = n * sums.pair_points_squared - sums.pair_points**2
    rest = n * sums.pair_rest_squared - sums.pair_rest**2
    if points <= 0 or rest <= 0:
        return None
    product = n * sums.pair_product - sums.pair_points * sums.pair_rest
    return product / math.sqrt(points * rest)


def _whole(value: float) -> int:
    return round(value * _UNIT)


def _counts(names: tuple[str, ...]) -> dict[str, int]:
    return dict.fromkeys(names, 1)
