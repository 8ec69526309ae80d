"""When the model cannot be fitted: means of people's own chances, areas pulled together (Fay and Herriot). Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assessments.proficiency.groups.measured import Evidence
from assessments.psychometrics import groups
from assessments.psychometrics.errors import PsychometricsError
from assessments.psychometrics.groups import Shares

_Z = 1.6448536269514722  # 90 %
# Of one person, so that a group in which everybody is sure does not look exact.
_LEAST_VARIANCE = 0.05


def area_shares(
    evidence: Evidence, lists: Sequence[Sequence[int]], areas: Sequence[int], band: str
) -> Shares:
    """Share of each group; ``areas`` are the places of groups that do not overlap and lend one another strength."""
    chance = np.array([row.chance[band] for row in evidence.rows])
    n = np.array([len(one) for one in lists], dtype=np.float64)
    share = np.array([chance[list(one)].mean() for one in lists])
    variance = np.maximum(share * (1 - share), _LEAST_VARIANCE) / n
    try:
        pulled = groups.fay_herriot(share[list(areas)], variance[list(areas)])
        share[list(areas)], variance[list(areas)] = pulled.estimate, pulled.mse
    except PsychometricsError:
        pass  # too few areas: each stands for itself
    reach = _Z * np.sqrt(variance)
    return Shares(np.clip(share, 0, 1), np.clip(share - reach, 0, 1), np.clip(share + reach, 0, 1), n)
