"""Standard errors of calibrated items from the observed information."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from . import checks, irf, quadrature
from .checks import Floats, Items
from .errors import InvalidInputError
from .expectation import Statistics
from .maximisation import Setup, add_priors

_ROWS_AT_ONCE = 2048


def lost_information(
    responses: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,
    weights: ArrayLike | None = None,
    mean: float = 0.0,
    sd: float = 1.0,
    points: int = 61,
    bounds: tuple[float, float] = (-6.0, 6.0),
) -> Floats:
    """Information that is lost because ability is not seen; shards of rows add up.

    Arguments and errors as `expectation.e_step`. Returns the summed posterior covariance of the complete
    score in (a of each item, d = -a b of each item, mean, sd): (2 items + 2, 2 items + 2).
    Source: Louis (1982).
    """
    items = checks.items(a, b, c)
    matrix = checks.responses(responses, items.a.size)
    frequency = checks.weights(weights, matrix.shape[0])
    theta = quadrature.grid(points, bounds)
    centre, spread = checks.finite_number(mean, "mean"), checks.positive(sd, "sd")
    log_prior = quadrature.log_normal_weights(theta, centre, spread)
    ability = np.array([(theta - centre) / spread**2, ((theta - centre) ** 2 - spread**2) / spread**3])
    model = _Model(items, theta, log_prior, *_tables(items, theta), ability)
    total = np.zeros((2 * items.a.size + 2,) * 2)
    for start in range(0, matrix.shape[0], _ROWS_AT_ONCE):
        block = slice(start, start + _ROWS_AT_ONCE)
        total += _block(matrix[block], frequency[block], model)
    return total


class _Model(NamedTuple):
    """Items, grid, log prior, score tables u and u P (items, points), ability scores (2, points)."""

    items: Items
    theta: Floats
    log_prior: Floats
    u: Floats
    up: Floats
    ability: Floats


def _tables(items: Items, theta: Floats) -> tuple[Floats, Floats]:
    """u and u P, each (items, points): a logit score is right * u - answered * u P."""
    logistic = expit(irf.logits(theta, items)).T
    ratio = irf.guess_ratio(logistic, items.c[:, np.newaxis])
    chance = items.c[:, np.newaxis] + (1 - items.c[:, np.newaxis]) * logistic
    return ratio, ratio * chance


def _block(matrix: Floats, frequency: Floats, model: _Model) -> Floats:
    """Sum of E(S S') - E(S) E(S)' over the rows of one block."""
    coded = quadrature.indicators(matrix)
    weight = np.where(coded[:, matrix.shape[1] :].any(axis=1), frequency, 0.0)
    log_density = quadrature.log_likelihood(matrix, model.items, model.theta) + model.log_prior
    density, _ = quadrature.normalise(log_density)
    mean_score = _mean_scores(coded, density, model)
    squares = _squares(coded, density * weight[:, np.newaxis], model)
    return np.asarray(squares - mean_score.T @ (mean_score * weight[:, np.newaxis]), dtype=np.float64)


def _mean_scores(coded: Floats, density: Floats, model: _Model) -> Floats:
    count = model.u.shape[0]
    right, answered = coded[:, :count], coded[:, count:]
    by_d = right * (density @ model.u.T) - answered * (density @ model.up.T)
    by_a = right * (density @ (model.u * model.theta).T) - answered * (density @ (model.up * model.theta).T)
    return np.concatenate([by_a, by_d, density @ model.ability.T], axis=1)


def _squares(coded: Floats, density: Floats, model: _Model) -> Floats:
    """Sum over people and grid points of density * S S'."""
    count, points = model.u.shape
    powers = np.zeros((3, count, count))
    crossed = np.zeros((count, points))
    for k in range(points):
        scores = coded[:, :count] * model.u[:, k] - coded[:, count:] * model.up[:, k]
        weighted = scores * density[:, k : k + 1]
        crossed[:, k] = weighted.sum(axis=0)
        powers += model.theta[k] ** np.arange(3)[:, np.newaxis, np.newaxis] * (weighted.T @ scores)
    result = np.zeros((2 * count + 2,) * 2)
    result[:count, :count], result[count : 2 * count, count : 2 * count] = powers[2], powers[0]
    result[:count, count : 2 * count] = result[count : 2 * count, :count] = powers[1]
    side = np.concatenate([(crossed * model.theta) @ model.ability.T, crossed @ model.ability.T])
    result[: 2 * count, 2 * count :], result[2 * count :, : 2 * count] = side, side.T
    result[2 * count :, 2 * count :] = (model.ability * density.sum(axis=0)) @ model.ability.T
    return result


def observed_information(
    statistics: Statistics, lost: Floats, slope: Floats, intercept: Floats, fixed: Setup, sd: float
) -> Floats:
    """Complete-data information less what is lost, in the parameters of `lost_information`."""
    count = slope.size
    if lost.shape != (2 * count + 2,) * 2:
        raise InvalidInputError("The lost information is of another number of items.")
    weight = _complete_weight(statistics, slope, intercept, fixed.c)
    theta = statistics.theta
    curvature = np.array([weight @ theta**2, weight @ theta, weight.sum(axis=1)])
    _, curvature = add_priors(np.zeros((2, count)), curvature, slope, intercept, fixed)
    complete = np.zeros_like(lost)
    item = np.arange(count)
    complete[item, item], complete[count + item, count + item] = curvature[0], curvature[2]
    complete[item, count + item] = complete[count + item, item] = curvature[1]
    # At the maximum the expected second derivatives of the log normal density take these values.
    complete[-2, -2], complete[-1, -1] = statistics.people / sd**2, 2 * statistics.people / sd**2
    return complete - lost


def _complete_weight(statistics: Statistics, slope: Floats, intercept: Floats, c: Floats) -> Floats:
    """Minus the second derivative of the complete log-likelihood in the logit, (items, points)."""
    logistic = expit(slope[:, np.newaxis] * statistics.theta + intercept[:, np.newaxis])
    guess = c[:, np.newaxis]
    ratio = irf.guess_ratio(logistic, guess)
    chance = guess + (1 - guess) * logistic
    slope_of_p = (1 - guess) * logistic * (1 - logistic)
    bend = np.where(guess > 0, guess * ratio * (1 - logistic) / np.maximum(chance, 1e-300), 0.0)
    residual = statistics.right - statistics.answered * chance
    return np.asarray(statistics.answered * slope_of_p * ratio - residual * bend, dtype=np.float64)


def standard_errors(
    information: Floats, slope: Floats, intercept: Floats, fixed: Setup
) -> tuple[Floats, Floats]:
    """Standard errors of a and b, (items,) each, by the delta method; 0 for anchors, NaN if undetermined."""
    count = slope.size
    free = np.flatnonzero(~fixed.fixed)
    if free.size == 0:
        return np.zeros(count), np.zeros(count)
    spread = _basis(count, free, fixed)
    covariance = _inverse(spread.T @ information @ spread)
    full = spread @ covariance @ spread.T
    var_a, var_d = np.diag(full)[:count], np.diag(full)[count : 2 * count]
    covar = np.diag(full[:count, count : 2 * count])
    # The difficulty is minus intercept over slope.
    var_b = (var_d + 2 * (-intercept / slope) * covar + (intercept / slope) ** 2 * var_a) / slope**2
    return np.sqrt(var_a), np.sqrt(var_b)


def _basis(count: int, free: checks.Integers, fixed: Setup) -> Floats:
    """Columns: the parameters that were really estimated, spread over all (a, d, mean, sd)."""
    unit = np.eye(2 * count + 2)
    slopes = unit[:, free].sum(axis=1, keepdims=True) if fixed.common_slope else unit[:, free]
    columns = [slopes, unit[:, count + free]]
    if fixed.anchored:
        columns.append(unit[:, -2:])
    return np.concatenate(columns, axis=1)


def _inverse(information: Floats) -> Floats:
    try:
        np.linalg.cholesky(information)
    except np.linalg.LinAlgError:
        return np.full_like(information, np.nan)
    return np.asarray(np.linalg.inv(information), dtype=np.float64)
