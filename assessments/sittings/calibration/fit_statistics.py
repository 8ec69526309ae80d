"""Does the model say what people did? From the expected counts of the last E step. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessments.psychometrics import calibrate, irf

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """(items,) each; infit and outfit are 1 where the model holds, rmsd is 0."""

    infit: Floats
    outfit: Floats
    rmsd: Floats


def fit_of(statistics: calibrate.Statistics, a: Floats, b: Floats, c: Floats) -> Fit:
    """Mean squared residuals over the posterior of ability, weighted by information (infit) or plain (outfit).

    a, b, c: (items,) on the scale of the statistics. An item without answers has NaN. Source: Wright and
    Masters (1982) for the mean squares; Oliveri and von Davier (2011) for the rmsd.
    """
    chance = np.clip(irf.probability(statistics.theta, a, b, c).T, 1e-9, 1 - 1e-9)
    right, answered = statistics.right, statistics.answered
    squared = right * (1 - chance) ** 2 + (answered - right) * chance**2
    variance = chance * (1 - chance)
    with np.errstate(invalid="ignore", divide="ignore"):
        infit = squared.sum(axis=1) / (answered * variance).sum(axis=1)
        outfit = (squared / variance).sum(axis=1) / answered.sum(axis=1)
        gap = np.where(answered > 0, right / answered - chance, 0.0)
        rmsd = np.sqrt((answered * gap**2).sum(axis=1) / answered.sum(axis=1))
    return Fit(infit, outfit, rmsd)
