"""Measured people of one skill as plain data. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
GRID: Floats = np.linspace(-5.0, 5.0, 51)


@dataclass(frozen=True)
class Row:
    """One sitting's place in the figures."""

    sitting_id: int
    person_id: int | None
    audience: str
    unit_ids: tuple[int, ...]  # with everything above them
    supervised: bool
    critical_errors: int
    calibration_id: int
    birth_year: int | None
    year: int
    day: str
    chance: Mapping[str, float]  # of being at or above each band


@dataclass(frozen=True)
class Evidence:
    """Rows and the log-likelihood of their answers on GRID, (rows, points)."""

    rows: Sequence[Row]
    likelihood: Floats

    def only(self, places: Sequence[int]) -> Evidence:
        return Evidence([self.rows[place] for place in places], self.likelihood[list(places)])
