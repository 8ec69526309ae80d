"""Item parameters from summed statistics, put on the scale that the former parameters stand on. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessments.psychometrics import calibrate, linking

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
Expect = Callable[[calibrate.Parameters], calibrate.Statistics]
Lose = Callable[[calibrate.Parameters], Floats]

# Experts are right to within this; a discrimination is rarely three times the usual one.
_SD_B, _SD_LOG_A = 0.7, 0.5
# Below the full number of answers the discrimination is practically common to all items.
_SD_LOG_A_PROVISIONAL = 0.05
# Fewer common items cannot tell a drifting item from a moving scale.
_LEAST_COMMON = 4
_ROUGH, _FINE = 1e-3, 1e-5


class NotConverged(Exception):
    """The numbers must not be used."""


@dataclass(frozen=True)
class Known:
    """What is known of the items before: (items,) each. ``expert``: guessed; ``few``: provisional answers only."""

    a: Floats
    b: Floats
    c: Floats
    expert: Booleans
    few: Booleans


@dataclass(frozen=True)
class Fitted:
    """On the people's own scale, where ability is N(0, 1), with the link to the scale in use."""

    own: calibrate.Calibration
    model: str
    link: linking.Link
    common: Booleans
    z: Floats  # of the larger drift, NaN where nothing can be compared
    drifted: Booleans

    @property
    def a(self) -> Floats:
        return np.asarray(self.own.a / self.link.slope, dtype=np.float64)

    @property
    def b(self) -> Floats:
        return np.asarray(self.link.slope * self.own.b + self.link.shift, dtype=np.float64)

    @property
    def se_a(self) -> Floats:
        return np.asarray(self.own.se_a / self.link.slope, dtype=np.float64)

    @property
    def se_b(self) -> Floats:
        return np.asarray(self.own.se_b * self.link.slope, dtype=np.float64)


def fit(expect: Expect, lose: Lose, known: Known) -> Fitted:
    """Raises ``PsychometricsError`` or ``NotConverged``.

    A rough fit first finds how far these people are from the scale in use, so that what is known of the
    items can steady the fine fit without pulling the scale.
    """
    count = known.a.size
    rough = calibrate.fit_shards(
        expect,
        lambda _at: np.zeros((2 * count + 2,) * 2),
        count,
        "1pl",
        known.c,
        priors={"a": (0.0, _SD_LOG_A), "b": (known.b, 3 * _SD_B)},
        tol=_ROUGH,
    )
    to_known = _by_means(rough.a, rough.b, known)
    model = "1pl" if known.few.all() else "2pl"
    spread = np.where(known.few, _SD_LOG_A_PROVISIONAL, _SD_LOG_A)
    own = calibrate.fit_shards(
        expect,
        lose,
        count,
        model,
        known.c,
        priors={
            "a": (float(np.log(to_known.slope)), _SD_LOG_A if model == "1pl" else spread),
            "b": ((known.b - to_known.shift) / to_known.slope, _SD_B / to_known.slope),
        },
        tol=_FINE,
    )
    if not own.converged:
        raise NotConverged
    return _linked(own, model, known)


def _linked(own: calibrate.Calibration, model: str, known: Known) -> Fitted:
    """Items calibrated before carry the scale, without those that drifted; guesses only while there are none."""
    common = ~known.expert
    z, drifted = np.full(common.size, np.nan), np.zeros(common.size, dtype=np.bool_)
    if common.sum() < _LEAST_COMMON:
        return Fitted(own, model, _by_means(own.a, own.b, known), common, z, drifted)
    drift = linking.robust_z(own.a[common], own.b[common], known.a[common], known.b[common])
    larger = np.where(np.abs(drift.z_a) > np.abs(drift.z_b), drift.z_a, drift.z_b)
    z[common], drifted[common] = np.clip(larger, -99.0, 99.0), drift.drifted
    steady = common & ~drifted
    if steady.sum() < _LEAST_COMMON:
        steady = common
    link = linking.stocking_lord(
        own.a[steady], own.b[steady], known.a[steady], known.b[steady], known.c[steady]
    )
    return Fitted(own, model, link, common, z, drifted)


def _by_means(a: Floats, b: Floats, known: Known) -> linking.Link:
    """From mean log discrimination and mean difficulty (Loyd and Hoover 1980): guesses have no useful spread."""
    slope = float(np.exp(np.log(a).mean() - np.log(known.a).mean()))
    return linking.Link(slope, float((known.b - slope * b).mean()))
