"""Figures for groups: shares above a cut with honest intervals, never from percent correct."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize
from scipy.special import ndtr

from . import checks
from .checks import Floats
from .errors import InvalidInputError, NotIdentifiedError
from .latent import LatentRegression, Sample, fit, sample
from .publish import Label, Standing, label, risk_rate, standing, suppress, tiers, worst

__all__ = [
    "Cells",
    "FayHerriot",
    "Label",
    "LatentRegression",
    "Sample",
    "Shares",
    "Standing",
    "fay_herriot",
    "fit",
    "label",
    "participants",
    "population",
    "risk_rate",
    "sample",
    "standing",
    "suppress",
    "tiers",
    "volunteer_offset",
    "worst",
]


class Shares(NamedTuple):
    """Share of each group at or above a cut, its 90 % interval, and n; (groups,) each, NaN where n is 0."""

    share: Floats
    low: Floats
    high: Floats
    n: Floats


class Cells(NamedTuple):
    """Population cells: covariates (cells, covariates) coded as in the regression; (cells,) unit, people and
    the group 0 ... that each is counted for."""

    covariates: ArrayLike
    units: ArrayLike
    people: ArrayLike
    groups: ArrayLike


class FayHerriot(NamedTuple):
    """Area estimates and their mean squared errors, (areas,); variance between areas; coefficients."""

    estimate: Floats
    mse: Floats
    variance: float
    beta: Floats


def participants(
    found: LatentRegression, groups: ArrayLike, group_count: int, cut: float, interval: float = 0.90
) -> Shares:
    """Share of the measured people of each group at or above a cut ("among participants").

    found: from `fit`; groups: (people,) label 0 ... group_count - 1 of each person; cut: scale units. n is
    the number of measured people. Raises InvalidInputError: shapes, labels out of range, interval outside
    (0, 1). Source: Mislevy (1991).
    """
    member = _labels(groups, found.plausible.shape[1], group_count, "groups")
    above = found.plausible >= checks.finite_number(cut, "cut")
    n = np.bincount(member, minlength=group_count).astype(np.float64)
    counts = np.stack([_count(member, row, group_count) for row in above.astype(np.float64)])
    return _summary(counts, n, interval)


def population(
    found: LatentRegression,
    cells: Cells,
    group_count: int,
    cut: float,
    rng: np.random.Generator,
    interval: float = 0.90,
) -> Shares:
    """Share of the population of each group at or above a cut, by post-stratification to known cells.

    found: from `fit`, where stratum 0 is the reference sample; cells: the population, with a volunteer
    covariate set to 0; cut: scale units. The unit effects are partially
    pooled; chance in a finite population is included. n is the population counted. May be published as
    "population" only with a reference sample (see `label`). Raises InvalidInputError: shapes, negative or
    fractional people, labels out of range.
    Source: Gelman and Little (1997); Park, Gelman and Bafumi (2004).
    """
    people = checks.vector(cells.people, "people")
    if (people < 0).any() or (people != np.round(people)).any():
        raise InvalidInputError("people of cells must be whole numbers and not negative.")
    count = people.size
    table = checks.as_floats(cells.covariates, "covariates").reshape(count, -1) if count else np.empty((0, 0))
    if table.shape[1] + 1 != found.beta.shape[1] or not np.isfinite(table).all():
        raise InvalidInputError("Cells need the same covariates as the regression, all finite.")
    unit = _labels(cells.units, count, found.units.shape[1], "units")
    member = _labels(cells.groups, count, group_count, "groups")
    centre = found.beta[:, :1] + found.beta[:, 1:] @ table.T + found.units[:, unit]
    chance = ndtr((centre - checks.finite_number(cut, "cut")) / found.sigma[:, :1])
    above = rng.binomial(people.astype(np.int64), chance).astype(np.float64)
    counts = np.stack([_count(member, row, group_count) for row in above])
    return _summary(counts, _count(member, people, group_count), interval)


def _labels(values: ArrayLike, size: int, count: int, name: str) -> checks.Integers:
    found = checks.labels(values, size, name)
    if count < 1 or (size and (found.min() < 0 or found.max() >= count)):
        raise InvalidInputError(f"{name} must lie between 0 and {count - 1}.")
    return found


def _count(member: checks.Integers, weight: Floats, size: int) -> Floats:
    return np.bincount(member, weight, size).astype(np.float64)


def _summary(counts: Floats, n: Floats, interval: float) -> Shares:
    """Mean and interval over draws of counts (draws, groups); groups without people have NaN."""
    tail = (1 - checks.share(interval, "interval")) / 2
    share = counts / np.where(n > 0, n, np.nan)
    low, high = np.quantile(share, [tail, 1 - tail], axis=0)
    return Shares(share.mean(axis=0), low, high, n)


def volunteer_offset(
    found: LatentRegression, column: int, interval: float = 0.90
) -> tuple[float, float, float]:
    """How much abler volunteers are than the reference sample: (mean, low, high), scale units.

    column: which covariate (from 0) marks volunteers. Raises InvalidInputError: no such covariate, interval
    outside (0, 1). Source: Elliott and Valliant (2017).
    """
    if not 0 <= column < found.beta.shape[1] - 1:
        raise InvalidInputError(f"There is no covariate {column}.")
    tail = (1 - checks.share(interval, "interval")) / 2
    draws = found.beta[:, column + 1]
    low, high = np.quantile(draws, [tail, 1 - tail])
    return float(draws.mean()), float(low), float(high)


def fay_herriot(direct: ArrayLike, variance: ArrayLike, covariates: ArrayLike | None = None) -> FayHerriot:
    """Area-level fall-back where only direct estimates exist: each is pulled towards a regression.

    direct: (areas,) estimates, any unit; variance: (areas,) their sampling variances, above zero;
    covariates: (areas, covariates) without an intercept. The variance between areas is estimated by REML.
    Raises InvalidInputError: shapes, values; NotIdentifiedError: not more areas than coefficients, or
    covariates that depend on one another.
    Source: Fay and Herriot (1979); Prasad and Rao (1990); Datta and Lahiri (2000) for the error.
    """
    y = checks.vector(direct, "direct")
    noise = checks.vector(variance, "variance", y.size)
    if (noise <= 0).any():
        raise InvalidInputError("Sampling variances must be above zero.")
    design = np.ones((y.size, 1))
    if covariates is not None:
        table = checks.as_floats(covariates, "covariates")
        if table.ndim != 2 or table.shape[0] != y.size or not np.isfinite(table).all():
            raise InvalidInputError("covariates must be finite and have the shape (areas, covariates).")
        design = np.concatenate([design, table], axis=1)
    if y.size <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        raise NotIdentifiedError(
            "There are too few areas for these covariates, or they depend on one another."
        )
    between = _between_areas(y, noise, design)
    return _pulled(y, noise, design, between)


def _regression(y: Floats, noise: Floats, design: Floats, between: float) -> tuple[Floats, Floats]:
    weighted = design / (noise + between)[:, np.newaxis]
    inverse = np.linalg.inv(weighted.T @ design)
    return np.asarray(inverse @ (weighted.T @ y)), np.asarray(inverse, dtype=np.float64)


def _between_areas(y: Floats, noise: Floats, design: Floats) -> float:
    """REML: the restricted likelihood's highest point on [0, far above the spread of the estimates]."""

    def cost(between: float) -> float:
        beta, inverse = _regression(y, noise, design, between)
        total = noise + between
        residual = y - design @ beta
        log_det = -float(np.linalg.slogdet(inverse)[1])
        return float(np.log(total).sum() + (residual**2 / total).sum() + log_det)

    top = 10 * float(np.var(y)) + float(noise.max())
    # A grid first: the restricted likelihood may have its highest point at zero.
    trial = np.concatenate([[0.0], np.geomspace(top * 1e-8, top, 60)])
    best = int(np.argmin([cost(one) for one in trial]))
    if best == 0:
        return 0.0
    ends = (float(trial[best - 1]), float(trial[min(best + 1, trial.size - 1)]))
    return float(optimize.minimize_scalar(cost, bounds=ends, method="bounded").x)


def _pulled(y: Floats, noise: Floats, design: Floats, between: float) -> FayHerriot:
    beta, inverse = _regression(y, noise, design, between)
    total = noise + between
    trust = between / total
    estimate = trust * y + (1 - trust) * (design @ beta)
    sampling = trust * noise
    regression = (1 - trust) ** 2 * np.einsum("ij,jk,ik->i", design, inverse, design)
    unknown_variance = noise**2 / total**3 * (2 / (1 / total**2).sum())
    return FayHerriot(estimate, sampling + regression + 2 * unknown_variance, between, beta)
