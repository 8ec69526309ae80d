"""Drawing items for a sitting. Pure and reproducible from the seed: no Django, no database."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

# Of ten items three are easy (difficulty 1-2), five middling (3-4), two hard (5-6).
SPREAD = (0.3, 0.5, 0.2)
MOST_PER_OUTCOME = 2


@dataclass(frozen=True)
class Candidate:
    """What the draw must know about an item."""

    id: int
    code: str
    skill: str
    outcome: int
    difficulty: int
    practical: bool
    enemies: frozenset[str]


@dataclass
class _Hand:
    """The items drawn so far."""

    chosen: list[Candidate] = field(default_factory=list)
    outcomes: Counter[int] = field(default_factory=Counter)
    bands: Counter[int] = field(default_factory=Counter)

    def may_take(self, one: Candidate) -> bool:
        """Enemies are never drawn together, whichever of the two names the other."""
        return one not in self.chosen and not any(
            one.code in other.enemies or other.code in one.enemies for other in self.chosen
        )

    def take(self, one: Candidate) -> None:
        self.chosen.append(one)
        self.outcomes[one.outcome] += 1
        self.bands[band(one)] += 1


def band(one: Candidate) -> int:
    return min(max(one.difficulty - 1, 0) // 2, 2)


def draw(candidates: Iterable[Candidate], parts: Sequence[tuple[str, int]], seed: int) -> list[Candidate]:
    """``parts`` are (skill, number). What cannot be met gives way in this order: difficulty, outcome, number."""
    rng = random.Random(seed)  # noqa: S311 - reproducible on purpose; the seed never leaves the server
    everything = sorted(candidates, key=lambda one: one.code)
    taken: list[Candidate] = []
    for skill, count in parts:
        pool = [one for one in everything if one.skill == skill]
        rng.shuffle(pool)
        taken += _draw_part(pool, count, taken)
    rng.shuffle(taken)
    return taken


def _draw_part(pool: Sequence[Candidate], count: int, before: Sequence[Candidate]) -> list[Candidate]:
    hand = _Hand(list(before))
    wanted = len(before) + count
    limits = [round(count * share) for share in SPREAD]
    limits[1] = count - limits[0] - limits[2]
    practical_wanted = len(before) + -(-count // 3)

    def within_all(one: Candidate) -> bool:
        return hand.bands[band(one)] < limits[band(one)] and within_outcome(one)

    def within_outcome(one: Candidate) -> bool:
        return hand.outcomes[one.outcome] < MOST_PER_OUTCOME

    # At least a third shows what people do; then the spread of difficulty; then whatever is left.
    _fill(hand, [one for one in pool if one.practical], practical_wanted, within_all)
    _fill(hand, pool, wanted, within_all)
    _fill(hand, pool, wanted, within_outcome)
    _fill(hand, pool, wanted, lambda one: True)
    return hand.chosen[len(before) :]


def _fill(hand: _Hand, pool: Sequence[Candidate], wanted: int, fits: Callable[[Candidate], bool]) -> None:
    for one in pool:
        if len(hand.chosen) >= wanted:
            return
        if fits(one) and hand.may_take(one):
            hand.take(one)
