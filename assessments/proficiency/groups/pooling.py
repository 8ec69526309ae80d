"""Which units lend one another strength, and who is counted where. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from assessments.proficiency.groups.measured import Floats, Row
from assessments.psychometrics.groups import Shares

Integers = npt.NDArray[np.int64]
Group = tuple[int, str]  # unit and audience; "" is everybody
_TAILS = (0.05, 0.95)  # 90 %


@dataclass(frozen=True)
class Pools:
    """The unit that stands for each person in the model: their commune, else their highest unit below the top."""

    unit_ids: Sequence[int]
    of_row: Integers


def pools_of(rows: Sequence[Row], rank: Mapping[int, int], more: Sequence[int] = ()) -> Pools:
    """rank: unit to its order of preference, the lowest wins; more: units without people that are asked for too."""
    found = [min(row.unit_ids, key=lambda unit: (rank.get(unit, 99), unit), default=0) for row in rows]
    unit_ids = sorted({*found, *more})
    place = {unit: number for number, unit in enumerate(unit_ids)}
    return Pools(unit_ids, np.array([place[unit] for unit in found], dtype=np.int64))


def members(rows: Sequence[Row]) -> dict[Group, list[int]]:
    """Places of the people of every unit and audience; a person stands in each of their units once."""
    found: dict[Group, list[int]] = {}
    for place, row in enumerate(rows):
        for unit in set(row.unit_ids):
            found.setdefault((unit, ""), []).append(place)
            found.setdefault((unit, row.audience), []).append(place)
    return found


def shares(plausible: Floats, groups: Sequence[Sequence[int]], cut: float) -> Shares:
    """Share of each group at or above the cut, over draws (draws, people); groups may overlap."""
    sizes = np.array([len(group) for group in groups], dtype=np.float64)
    columns = np.concatenate([np.asarray(group, dtype=np.int64) for group in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    shape = (len(groups), plausible.shape[1])
    belongs = sparse.csr_matrix((np.ones(columns.size), columns, starts), shape=shape)
    share = np.asarray(belongs @ (plausible >= cut).T.astype(np.float64)) / sizes[:, np.newaxis]
    low, high = np.quantile(share, _TAILS, axis=1)
    return Shares(share.mean(axis=1), low, high, sizes)


def dummies(values: Sequence[str]) -> tuple[Floats, list[str]]:
    """A column of 0 and 1 for each value but the most frequent one; the names of the columns."""
    names, counts = np.unique(np.array(values, dtype=str), return_counts=True)
    kept = [str(name) for place, name in enumerate(names) if place != int(np.argmax(counts))]
    table = np.array([[value == name for name in kept] for value in values], dtype=np.float64)
    return table.reshape(len(values), len(kept)), kept
