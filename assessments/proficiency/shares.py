"""A share with its interval, pure. Never a bare percentage."""

from __future__ import annotations

import math
from dataclasses import dataclass

# 90 %: nine times in ten the true share lies inside.
_Z = 1.6448536269514722
_FEW = 30
_WIDE = 0.20
_BANDS = (0.25, 0.60)


@dataclass(frozen=True)
class Share:
    """``passed`` of ``n`` people, with Wilson's interval (1927), which stays inside 0 and 1 for small n."""

    passed: int
    n: int

    @property
    def value(self) -> float:
        return self.passed / self.n

    @property
    def low(self) -> float:
        return min(self.value, max(0.0, self._middle - self._half))

    @property
    def high(self) -> float:
        return max(self.value, min(1.0, self._middle + self._half))

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
    def indicative(self) -> bool:
        """Few people or a wide interval: a number for orientation only."""
        return self.n < _FEW or self.high - self.low > _WIDE

    @property
    def band(self) -> str:
        """Class of the tile: a plain band, or hatched when the interval spans two."""
        lowest, highest = _band_of(self.low), _band_of(self.high)
        if lowest == highest:
            return f"l{lowest}"
        return "l01" if lowest == 0 else "l12"

    @property
    def _middle(self) -> float:
        return (self.value + _Z**2 / (2 * self.n)) / (1 + _Z**2 / self.n)

    @property
    def _half(self) -> float:
        spread = self.value * (1 - self.value) / self.n + _Z**2 / (4 * self.n**2)
        return _Z * math.sqrt(spread) / (1 + _Z**2 / self.n)


def _band_of(share: float) -> int:
    return sum(share >= border for border in _BANDS)
