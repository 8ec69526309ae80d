"""Latent regression: the distribution of ability in a population, from answers and not from scores.

theta_i = x_i' beta + u_unit(i) + e_i,  u ~ N(0, tau^2),  e ~ N(0, sigma^2 of the person's stratum).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from . import checks
from .checks import Floats, Integers
from .errors import InvalidInputError, NotIdentifiedError

_PRIOR_SD = 0.1
_FLAT_SD = 10.0


@dataclass(frozen=True)
class LatentRegression:
    """Draws from the posterior, one row each after burn-in.

    beta: (draws, 1 + covariates), intercept first; units: (draws, units); tau: (draws,); sigma: (draws,
    strata); plausible: (kept draws, people) plausible values, thinned. All in scale units.
    """

    beta: Floats
    units: Floats
    tau: Floats
    sigma: Floats
    plausible: Floats


@dataclass(frozen=True)
class Sample:
    """Checked data: likelihood (people, points) up to a factor, design with the intercept, unit, stratum."""

    likelihood: Floats
    theta: Floats
    design: Floats
    unit: Integers
    unit_count: int
    stratum: Integers
    strata: int


@dataclass
class _Chain:
    """The Gibbs sampler's present place."""

    ability: Floats
    beta: Floats
    effect: Floats
    tau: float
    sigma: Floats


def sample(
    log_likelihood: ArrayLike,
    theta: ArrayLike,
    covariates: ArrayLike | None = None,
    units: ArrayLike | None = None,
    unit_count: int | None = None,
    strata: ArrayLike | None = None,
) -> Sample:
    """Check and gather the data of a latent regression.

    log_likelihood: (people, points) from `score.log_likelihood` on the equally spaced grid theta (points,);
    covariates: (people, covariates) without an intercept; units: (people,) commune of each person, 0 ...
    unit_count - 1 (units without people are allowed); strata: (people,) 0, 1, ...: people whose spread may
    differ, such as reference sample and volunteers. Raises InvalidInputError: shapes, values, no people;
    NotIdentifiedError: covariates that depend on one another. Source: Mislevy (1991).
    """
    likelihood = checks.as_floats(log_likelihood, "log_likelihood")
    points = checks.vector(theta, "theta")
    if likelihood.ndim != 2 or likelihood.shape[1] != points.size or likelihood.shape[0] == 0:
        raise InvalidInputError("log_likelihood must have the shape (people, points), one person at least.")
    if (
        not np.isfinite(likelihood).all()
        or points.size < 5
        or np.ptp(np.diff(points)) > 1e-9 * np.ptp(points)
    ):
        raise InvalidInputError("log_likelihood must be finite and theta an equally spaced grid.")
    people = likelihood.shape[0]
    unit, count = _labels(units, people, "units", unit_count)
    stratum, kinds = _labels(strata, people, "strata", None)
    if np.bincount(stratum, minlength=kinds).min() == 0:
        raise InvalidInputError("Each stratum needs people: strata must be 0, 1, ... without gaps.")
    relative = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    return Sample(relative, points, _design(covariates, people), unit, count, stratum, kinds)


def _labels(values: ArrayLike | None, people: int, name: str, count: int | None) -> tuple[Integers, int]:
    if values is None:
        return np.zeros(people, dtype=np.int64), 1 if count is None else count
    found = checks.labels(values, people, name)
    size = int(found.max()) + 1 if count is None else count
    if found.min() < 0 or found.max() >= size:
        raise InvalidInputError(f"{name} must lie between 0 and {size - 1}.")
    return found, size


def _design(covariates: ArrayLike | None, people: int) -> Floats:
    if covariates is None:
        return np.ones((people, 1))
    table = checks.as_floats(covariates, "covariates")
    if table.ndim != 2 or table.shape[0] != people or not np.isfinite(table).all():
        raise InvalidInputError("covariates must be finite and have the shape (people, covariates).")
    design = np.concatenate([np.ones((people, 1)), table], axis=1)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise NotIdentifiedError("Some covariates are constant, or follow from the others.")
    return design


def fit(
    data: Sample, rng: np.random.Generator, draws: int = 600, burn: int = 200, kept: int = 100
) -> LatentRegression:
    """Gibbs sampling of the latent regression, with plausible values.

    data: from `sample`; draws after burn sweeps; kept: how many sets of plausible values to keep (evenly
    spaced). Same data and generator, same result. Memory: two arrays (people, points). Raises
    InvalidInputError: fewer than 2 draws, kept outside 2 ... draws.
    Source: Mislevy (1991); Fox and Glas (2001); Liu and Sabatti (2000) for the shift of the intercept.
    """
    if draws < 2 or burn < 0 or not 2 <= kept <= draws:
        raise InvalidInputError("draws must be at least 2, burn not negative, kept between 2 and draws.")
    chain = _first(data)
    beta, units = np.empty((draws, chain.beta.size)), np.empty((draws, data.unit_count))
    tau, sigma = np.empty(draws), np.empty((draws, data.strata))
    keep = {int(place): row for row, place in enumerate(np.linspace(0, draws - 1, kept).astype(int))}
    plausible = np.empty((kept, data.unit.size))
    for sweep in range(-burn, draws):
        _sweep(chain, data, rng)
        if sweep < 0:
            continue
        beta[sweep], units[sweep], tau[sweep], sigma[sweep] = chain.beta, chain.effect, chain.tau, chain.sigma
        if sweep in keep:
            plausible[keep[sweep]] = chain.ability
    return LatentRegression(beta, units, tau, sigma, plausible)


def _first(data: Sample) -> _Chain:
    """Start from likelihoods under a standard normal prior."""
    weight = data.likelihood * np.exp(-0.5 * data.theta**2)
    ability = weight @ data.theta / weight.sum(axis=1)
    beta = np.linalg.lstsq(data.design, ability, rcond=None)[0]
    return _Chain(ability, beta, np.zeros(data.unit_count), 0.3, np.ones(data.strata))


def _sweep(chain: _Chain, data: Sample, rng: np.random.Generator) -> None:
    chain.ability = _abilities(chain, data, rng)
    precision = 1 / chain.sigma[data.stratum] ** 2
    weighted = data.design * precision[:, np.newaxis]
    covariance = np.linalg.inv(weighted.T @ data.design + np.eye(chain.beta.size) / _FLAT_SD**2)
    mean = covariance @ (weighted.T @ (chain.ability - chain.effect[data.unit]))
    chain.beta = mean + np.linalg.cholesky(covariance) @ rng.standard_normal(mean.size)
    if data.unit_count > 1:
        _units(chain, data, precision, rng)
    residual = chain.ability - data.design @ chain.beta - chain.effect[data.unit]
    for stratum in range(data.strata):
        chain.sigma[stratum] = _spread(residual[data.stratum == stratum], rng)


def _abilities(chain: _Chain, data: Sample, rng: np.random.Generator) -> Floats:
    """One plausible value each: a grid cell by its probability, then a place within the cell."""
    centre = data.design @ chain.beta + chain.effect[data.unit]
    spread = chain.sigma[data.stratum]
    density = data.theta - centre[:, np.newaxis]
    density /= spread[:, np.newaxis]
    np.square(density, out=density)
    density *= -0.5
    density -= density.max(axis=1, keepdims=True)
    np.exp(density, out=density)
    density *= data.likelihood
    cumulative = np.cumsum(density, axis=1, out=density)
    aim = rng.random(centre.size) * cumulative[:, -1]
    cell = (cumulative < aim[:, np.newaxis]).sum(axis=1)
    step = data.theta[1] - data.theta[0]
    return np.asarray(data.theta[cell] + step * (rng.random(centre.size) - 0.5), dtype=np.float64)


def _units(chain: _Chain, data: Sample, precision: Floats, rng: np.random.Generator) -> None:
    """Unit effects pooled towards their mean, their spread, and a joint shift with the intercept."""
    residual = chain.ability - data.design @ chain.beta
    known = np.bincount(data.unit, precision, data.unit_count)
    pulled = np.bincount(data.unit, precision * residual, data.unit_count)
    total = known + 1 / chain.tau**2
    chain.effect = pulled / total + rng.standard_normal(data.unit_count) / np.sqrt(total)
    shift = chain.effect.mean() + chain.tau / np.sqrt(data.unit_count) * rng.standard_normal()
    chain.effect -= shift
    chain.beta[0] += shift
    chain.tau = _spread(chain.effect, rng)


def _spread(residual: Floats, rng: np.random.Generator) -> float:
    """A draw of a standard deviation, with a prior worth one observation of 0.1."""
    squares = float((residual**2).sum()) + _PRIOR_SD**2
    return float(np.sqrt(squares / rng.chisquare(residual.size + 1)))
