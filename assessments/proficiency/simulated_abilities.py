"""What the simulation knows and the site does not: abilities per skill and the items' real parameters. Pure.

The scale of a skill is set by the experts' expectations: they err in each item, but not on average. Whoever will be
measured has mean 0 and standard deviation 1 on it. So estimates and truth stand on one scale and can be compared.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# Abilities in two skills of one person differ, and experts err in their guesses.
_PER_SKILL = 0.45
_B_ERROR, _LOG_A_SPREAD = 0.5, 0.25


@dataclass(frozen=True)
class RealItem:
    """What is true of an item, where the site has an expert's guess."""

    a: float
    b: float
    c: float

    def chance(self, theta: float) -> float:
        """Of an all-right answer."""
        return self.c + (1 - self.c) / (1 + math.exp(-self.a * (theta - self.b)))


def real_items(expected: Mapping[int, tuple[float, float]], rng: random.Random) -> dict[int, RealItem]:
    """By item, scattered around the experts' b; expected: b and c. Guessing is what the kind allows."""
    log_a = _centred([rng.gauss(0, _LOG_A_SPREAD) for _item in expected])
    errors = _centred([rng.gauss(0, _B_ERROR) for _item in expected])
    return {
        item: RealItem(math.exp(log_a[place]), b + errors[place], c)
        for place, (item, (b, c)) in enumerate(expected.items())
    }


def _centred(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values) if values else 0.0
    return [value - mean for value in values]


def abilities(general: Sequence[float], sitters: Mapping[str, Sequence[int]], seed: int) -> dict[str, Floats]:
    """By skill, (people,). ``sitters``: places of those who will be measured in the skill; they set its scale."""
    drawn = np.random.default_rng(seed)
    base = np.asarray(general, dtype=np.float64)
    found = {}
    for skill in sorted(sitters):
        theta = base + drawn.normal(0.0, _PER_SKILL, base.size)
        found[skill] = _on_scale(theta, sitters[skill])
    return found


def _on_scale(theta: Floats, sitters: Sequence[int]) -> Floats:
    """One sitter has no spread; then the scale stays as it was drawn."""
    if len(sitters) < 2:
        return theta
    measured = theta[np.asarray(sitters, dtype=np.int64)]
    return np.asarray((theta - measured.mean()) / measured.std(), dtype=np.float64)
