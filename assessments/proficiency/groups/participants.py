"""From measured people to shares among them, and to change between two measurements. Pure."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assessments.proficiency.groups.measured import GRID, Evidence, Floats
from assessments.proficiency.groups.pooling import dummies, pools_of
from assessments.proficiency.groups.residents import Length
from assessments.psychometrics import groups


def plausible_values(
    evidence: Evidence, rank: Mapping[int, int], rng: np.random.Generator, length: Length
) -> Floats:
    """Abilities that agree with the answers, (kept, people), communes and audiences lending one another strength.

    Only what was frozen with the sitting enters, so that the same rows give the same numbers for ever.
    """
    rows = evidence.rows
    pools = pools_of(rows, rank)
    table, names = dummies([row.audience for row in rows])
    data = groups.sample(
        evidence.likelihood, GRID, table if names else None, pools.of_row, len(pools.unit_ids)
    )
    return groups.fit(data, rng, length.draws, length.burn, length.kept).plausible


def both_times(first: Evidence, later: Evidence) -> tuple[list[int], Evidence]:
    """The same people in the same order: places of their first measurement, and the latest of the later ones."""
    latest: dict[int | None, int] = {
        row.person_id: place for place, row in enumerate(later.rows) if row.person_id is not None
    }
    began = [place for place, row in enumerate(first.rows) if row.person_id in latest]
    return began, later.only([latest[first.rows[place].person_id] for place in began])
