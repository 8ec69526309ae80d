"""From measured people to all residents: known cells, a reference sample, and how volunteers differ from it. Pure.

Population cells know age band, sex and group; the site knows of a person the year of birth only, so the cells are
added up to age bands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessments.proficiency.groups.measured import GRID, Evidence, Floats
from assessments.proficiency.groups.pooling import pools_of
from assessments.psychometrics import groups
from assessments.psychometrics.groups import Cells, LatentRegression, Shares

BANDS = ("u30", "30-44", "45-59", "60+")
_FLOORS = (30, 45, 60)
_UNKNOWN = "unknown"
# Residents by commune and age band.
Residents = Mapping[tuple[int, str], int]


@dataclass(frozen=True)
class Length:
    """Of the sampler: sweeps kept, sweeps thrown away, sets of plausible values."""

    draws: int = 300
    burn: int = 100
    kept: int = 100


@dataclass(frozen=True)
class Model:
    """A fitted population model; ``offset``: how much abler volunteers are, with its interval."""

    found: LatentRegression
    pools: Sequence[int]
    ages: Sequence[str]
    volunteers: bool
    offset: tuple[float, float, float] | None


def age_band(birth_year: int | None, year: int) -> str:
    if birth_year is None:
        return _UNKNOWN
    return BANDS[sum(year - birth_year >= floor for floor in _FLOORS)]


def fit_residents(
    evidence: Evidence,
    reference: Sequence[bool],
    residents: Residents,
    rank: Mapping[int, int],
    rng: np.random.Generator,
    length: Length,
) -> Model:
    """Rows of the reference sample are stratum 0, volunteers stratum 1 with a level and a spread of their own."""
    rows = evidence.rows
    pools = pools_of(rows, rank, [unit for unit, _band in residents])
    bands = [age_band(row.birth_year, row.year) for row in rows]
    present = [band for band in (*BANDS[1:], _UNKNOWN) if band in bands and len(set(bands)) > 1]
    # The youngest are the base; where none was measured, the first band that was.
    ages = present if BANDS[0] in bands else present[1:]
    volunteer = 1 - np.array(reference, dtype=np.int64)
    mixed = bool(volunteer.any())
    table = _table(bands, ages, volunteer.astype(np.float64) if mixed else None)
    data = groups.sample(
        evidence.likelihood,
        GRID,
        table if table.shape[1] else None,
        pools.of_row,
        len(pools.unit_ids),
        volunteer if mixed else None,
    )
    found = groups.fit(data, rng, length.draws, length.burn, length.kept)
    offset = groups.volunteer_offset(found, len(ages)) if mixed else None
    return Model(found, pools.unit_ids, ages, mixed, offset)


def resident_shares(
    model: Model,
    residents: Residents,
    areas: Sequence[Sequence[int]],
    cut: float,
    rng: np.random.Generator,
) -> Shares:
    """Share of all residents of each area (its communes) at or above the cut."""
    lines = [
        (number, unit, band, people)
        for number, area in enumerate(areas)
        for unit in area
        for band in BANDS
        if (people := residents.get((unit, band), 0))
    ]
    place = {unit: number for number, unit in enumerate(model.pools)}
    nobody = np.zeros(len(lines)) if model.volunteers else None
    cells = Cells(
        _table([band for _n, _u, band, _p in lines], model.ages, nobody),
        [place[unit] for _n, unit, _b, _p in lines],
        [people for _n, _u, _b, people in lines],
        [number for number, _u, _b, _p in lines],
    )
    return groups.population(model.found, cells, len(areas), cut, rng)


def _table(bands: Sequence[str], ages: Sequence[str], volunteer: Floats | None) -> Floats:
    table = np.array([[band == age for age in ages] for band in bands], dtype=np.float64)
    table = table.reshape(len(bands), len(ages))
    return table if volunteer is None else np.column_stack([table, volunteer])
