"""Is an item harder for one audience than for equally able people of the others? Pure."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from assessments.psychometrics import fairness, irf, score

Floats = npt.NDArray[np.float64]

# Fewer people of an audience say nothing about fairness.
LEAST_PEOPLE = 200


def differences(
    matrix: Floats, audience: npt.NDArray[np.str_], a: Floats, b: Floats, c: Floats
) -> list[dict[str, dict[str, Any]]]:
    """By item: audience -> class A, B or C, and "gap", the mean share right beyond what ability explains.

    People are matched by ability and not by their number right, because everybody gets other items.
    """
    theta, _se = score.eap(matrix, a, b, c)
    found: list[dict[str, dict[str, Any]]] = [{} for _ in range(matrix.shape[1])]
    residual = matrix - irf.probability(theta, a, b, c)
    for group in np.unique(audience):
        focal = audience == group
        if min(focal.sum(), (~focal).sum()) < LEAST_PEOPLE:
            continue
        for place, one in enumerate(fairness.logistic_dif(matrix, focal.astype(np.int64), theta)):
            if one.grade != "?":
                found[place][str(group)] = {"class": one.grade, "gap": _gap(residual[:, place], focal)}
    return found


def _gap(residual: Floats, focal: npt.NDArray[np.bool_]) -> float:
    return round(float(np.nanmean(residual[focal]) - np.nanmean(residual[~focal])), 4)
