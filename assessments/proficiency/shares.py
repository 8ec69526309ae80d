"""A share with its interval, pure. Never a bare percentage."""

from __future__ import annotations

import math
from dataclasses import dataclass

from assessments.psychometrics.publish import LEAST_FIRM, WIDEST_FIRM

# 90 %: nine times in ten the true share lies inside.
_Z = 1.6448536269514722
_BANDS = (0.25, 0.60)


@dataclass(frozen=True)
class Share:
    """A share of ``n`` people between 0 and 1, and the interval in which the true one lies most likely."""

    value: float
    low: float
    high: float
    n: int
    indicative: bool  # for orientation only
    population: bool  # speaks of all inhabitants, not only of those who did the assessment

    @property
    def percent(self) -> int:
        return round(100 * self.value)

    @property
    def low_percent(self) -> int:
        return round(100 * self.low)

    @property
    def high_percent(self) -> int:
        return round(100 * self.high)

    @property
    def few(self) -> bool:
        return self.n < LEAST_FIRM

    @property
    def wide(self) -> bool:
        return self.high - self.low > WIDEST_FIRM

    @property
    def band(self) -> str:
        """Class of the tile: a plain band, or hatched when the interval spans two or all three."""
        lowest, highest = _band_of(self.low), _band_of(self.high)
        if lowest == highest:
            return f"l{lowest}"
        return f"l{lowest}{highest}"


@dataclass(frozen=True)
class Estimate(Share):
    """The share of a group at or above a level, as a run of the estimates found it."""

    coverage: float | None
    supervised: float
    risk: float | None  # critical errors per 100 people


def passed_share(passed: int, n: int) -> Share:
    """With Wilson's interval (1927), which stays inside 0 and 1 for small n."""
    value = passed / n
    middle = (value + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(value * (1 - value) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    low, high = min(value, max(0.0, middle - half)), max(value, min(1.0, middle + half))
    return Share(value, low, high, n, n < LEAST_FIRM or high - low > WIDEST_FIRM, population=False)


def _band_of(share: float) -> int:
    return sum(share >= border for border in _BANDS)
