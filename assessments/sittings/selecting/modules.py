"""Two-stage sittings: a routing module for everybody, then an easier or a harder one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assessments.psychometrics import irf, score
from assessments.sittings.calibration.in_force import arrays
from assessments.sittings.selecting.pieces import Piece

_MOST_PER_OUTCOME = 2
_CLOSE = 3  # the next item is drawn among so many that fit best
_APART = 1.0  # easier and harder modules aim so far from the middle


@dataclass(frozen=True)
class Modules:
    routing: list[Piece]
    easier: list[Piece]
    harder: list[Piece]


def assemble(pool: Sequence[Piece], count: int, middle: float, seed: int) -> Modules:
    """Half of the items route. The second modules share no item, so that a repeat can be a parallel form."""
    rng = random.Random(seed)  # noqa: S311 - reproducible on purpose
    first = -(-count // 2)
    routing = _module(pool, first, middle, [], rng)
    easier = _module(pool, count - first, middle - _APART, routing, rng)
    harder = _module(pool, count - first, middle + _APART, [*routing, *easier], rng)
    if len(harder) < count - first:
        harder = _module(pool, count - first, middle + _APART, routing, rng)
    return Modules(routing, easier, harder)


def ability_after(routing: Mapping[int, Sequence[float]], right: Mapping[int, bool]) -> float:
    """Expected ability after the routing module; ``routing`` holds a, b, c by item."""
    given = sorted(set(routing) & set(right))
    a, b, c = zip(*(routing[item] for item in given), strict=True)
    theta, _se = score.eap([[float(right[item]) for item in given]], a, b, c)
    return float(theta[0])


def _module(
    pool: Sequence[Piece], count: int, target: float, before: Sequence[Piece], rng: random.Random
) -> list[Piece]:
    """The most informative items at the target, two per outcome at most while that is possible, no enemies."""
    left = _by_information([one for one in pool if one not in before], target)
    chosen: list[Piece] = []
    for limit in (_MOST_PER_OUTCOME, count):
        outcomes = Counter(one.outcome for one in chosen)
        while len(chosen) < count:
            fitting = [
                one for one in left if outcomes[one.outcome] < limit and _fits(one, [*before, *chosen])
            ]
            if not fitting:
                break
            piece = rng.choice(fitting[:_CLOSE])
            left.remove(piece)
            outcomes[piece.outcome] += 1
            chosen.append(piece)
    return chosen


def _by_information(pieces: Sequence[Piece], target: float) -> list[Piece]:
    if not pieces:
        return []
    by_item = {one.item: one.parameter for one in pieces}
    known = irf.information([target], *arrays(by_item, [one.item for one in pieces]))[0]
    order = sorted(range(len(pieces)), key=lambda place: (-known[place], pieces[place].code))
    return [pieces[place] for place in order]


def _fits(one: Piece, others: Collection[Piece]) -> bool:
    return not any(one.code in other.enemies or other.code in one.enemies for other in others)
