"""Calibration of items by marginal maximum likelihood: EM made fast, honest about its limits."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from . import checks, quadrature
from .checks import Floats, Items
from .errors import ConstantItemError, InvalidInputError, NotIdentifiedError
from .expectation import Statistics, e_step, expected_counts
from .maximisation import Anchors, Priors, Setup, ability_moments, difficulty, m_step, maximise, places, setup
from .squarem import accelerate
from .uncertainty import lost_information, observed_information, standard_errors

__all__ = [
    "Calibration",
    "Parameters",
    "Statistics",
    "e_step",
    "fit_mml",
    "fit_shards",
    "lost_information",
    "m_step",
]

A_LIMIT = 12.0
B_LIMIT = 50.0
MAX_STEPS = 3000
_MANY_ROWS = 200_000
_PILOT_ROWS = 40_000
_ERROR_ROWS = 100_000


@dataclass(frozen=True)
class Parameters:
    """Where a calibration stands: a, b, c (items,), mean and sd of ability; sent to each shard."""

    a: Floats
    b: Floats
    c: Floats
    mean: float
    sd: float


@dataclass(frozen=True)
class Calibration:
    """Calibrated items and how the calibration went.

    a, b, c, se_a, se_b: (items,); standard errors are 0 for anchors and NaN where the data leave them
    undetermined. log_likelihood: of all answers at the estimates, without priors. iterations: E steps.
    converged: False if the limit of steps was reached, then the numbers must not be used. mean, sd: of
    ability (0 and 1 without anchors). people: summed weight of rows with an answer.
    """

    a: Floats
    b: Floats
    c: Floats
    se_a: Floats
    se_b: Floats
    log_likelihood: float
    iterations: int
    converged: bool
    mean: float
    sd: float
    people: float


Expectation = Callable[[Parameters], Statistics]
Loss = Callable[[Parameters], Floats]


def fit_mml(
    responses: ArrayLike,
    model: str = "2pl",
    weights: ArrayLike | None = None,
    c: ArrayLike | None = None,
    anchors: Anchors | None = None,
    priors: Priors | None = None,
    points: int = 61,
    bounds: tuple[float, float] = (-6.0, 6.0),
    tol: float = 1e-6,
) -> Calibration:
    """Item parameters by marginal maximum likelihood, ability normal with mean 0 and sd 1.

    responses: (rows, items) of 0/1/NaN, NaN is not counted; weights: (rows,) frequency of each row; model
    "2pl" or "1pl" (one slope for all items that are not anchored); c: fixed lower asymptotes; anchors:
    {item: (a, b)} kept fixed, the mean and sd of ability are then estimated; priors: {"a": (mean, sd) of
    log a, "b": (mean, sd)}, numbers or one per item; points, bounds: the grid of ability; tol: largest
    change of a parameter in an EM step. Rows of NaN only are left out.

    Raises ConstantItemError (an item all right, all wrong or never answered, without anchor or prior on
    b), NotIdentifiedError (separable data: |a| above 12 or |b| above 50; too few items: three for "2pl",
    two for "1pl"; or ability runs off the grid), InvalidInputError (shapes, values, no items, no
    answers). Above 100,000 rows the information for the standard errors is averaged over evenly spaced
    rows. Source: Bock and Aitkin (1981); Varadhan and Roland (2008); Louis (1982); Mislevy (1986).
    """
    matrix = checks.responses(responses)
    frequency = checks.weights(weights, matrix.shape[0])
    fixed = setup(matrix.shape[1], model, c, anchors, priors)
    theta = quadrature.grid(points, bounds)

    def expect(at: Parameters, rows: slice = slice(None)) -> Statistics:
        log_prior = quadrature.log_normal_weights(theta, at.mean, at.sd)
        return expected_counts(matrix[rows], frequency[rows], Items(at.a, at.b, at.c), theta, log_prior)

    def lose(at: Parameters) -> Floats:
        rows = slice(None, None, -(-matrix.shape[0] // _ERROR_ROWS) or None)
        args = (at.a, at.b, at.c, frequency[rows], at.mean, at.sd, points, bounds)
        lost = lost_information(matrix[rows], *args)
        return lost * (frequency.sum() / max(frequency[rows].sum(), 1e-300))

    start = None
    if matrix.shape[0] > _MANY_ROWS:
        every = slice(None, None, matrix.shape[0] // _PILOT_ROWS)
        start = _pilot(lambda at: expect(at, every), fixed, tol)
    return _fit(expect, lose, fixed, tol, start)


def fit_shards(
    expect: Expectation,
    lose: Loss,
    item_count: int,
    model: str = "2pl",
    c: ArrayLike | None = None,
    anchors: Anchors | None = None,
    priors: Priors | None = None,
    tol: float = 1e-6,
) -> Calibration:
    """The same calibration where others hold the rows: workers answer with statistics that add.

    expect: from Parameters to the sum of `e_step` over all shards; lose: likewise for `lost_information`;
    both on one grid. Other arguments, result and errors as `fit_mml`. Source: Dempster, Laird and Rubin
    (1977); Bock and Aitkin (1981).
    """
    return _fit(expect, lose, setup(item_count, model, c, anchors, priors), tol, None)


def _pilot(expect: Expectation, fixed: Setup, tol: float) -> Floats | None:
    """Start values from a part of the rows, so that few passes over all of them are needed."""
    try:
        first = _start(expect, fixed)
        found, _, _, _ = accelerate(lambda at: _em(expect, at, fixed), first, max(tol, 1e-4), MAX_STEPS)
    except (ConstantItemError, NotIdentifiedError):
        return None
    return found


def _fit(expect: Expectation, lose: Loss, fixed: Setup, tol: float, start: Floats | None) -> Calibration:
    limit = checks.positive(tol, "tol")
    _refuse_too_few(fixed)
    first = _start(expect, fixed) if start is None else start
    found, _, steps, converged = accelerate(lambda at: _em(expect, at, fixed), first, limit, MAX_STEPS)
    slope, intercept, mean, sd = _unpack(found)
    at = Parameters(slope, difficulty(slope, intercept), fixed.c, mean, sd)
    statistics = expect(at)
    _refuse_constant(statistics, fixed)
    information = observed_information(statistics, lose(at), slope, intercept, fixed, sd)
    se_a, se_b = standard_errors(information, slope, intercept, fixed)
    fit = statistics.log_likelihood
    return Calibration(at.a, at.b, at.c, se_a, se_b, fit, steps + 1, converged, mean, sd, statistics.people)


def _start(expect: Expectation, fixed: Setup) -> Floats:
    """Slopes of one and intercepts that match each item's share of right answers."""
    ones, zeros = np.ones(fixed.c.size), np.zeros(fixed.c.size)
    statistics = expect(Parameters(ones, zeros, fixed.c, 0.0, 1.0))
    _refuse_constant(statistics, fixed)
    answered = np.maximum(statistics.answered.sum(axis=1), 1e-300)
    share = np.clip(statistics.right.sum(axis=1) / answered, 0.02, 0.98)
    skilled = np.clip((share - fixed.c) / (1 - fixed.c), 0.02, 0.98)
    slope = np.where(fixed.fixed, fixed.fixed_a, 1.0)
    # 1.2 undoes the flattening of the logistic curve by the spread of ability.
    intercept = np.where(fixed.fixed, fixed.fixed_d, 1.2 * np.log(skilled / (1 - skilled)))
    return np.concatenate([slope, intercept, [0.0, 1.0]])


def _refuse_constant(statistics: Statistics, fixed: Setup) -> None:
    if statistics.people <= 0:
        raise InvalidInputError("There are no answers to calibrate from.")
    if fixed.b_prior is not None:
        return
    right, answered = statistics.right.sum(axis=1), statistics.answered.sum(axis=1)
    edge = 1e-9 * answered
    constant = ~fixed.fixed & ((right <= edge) | (right >= answered - edge))
    if constant.any():
        raise ConstantItemError(f"Answered alike by all or by nobody, give a prior on b: {places(constant)}.")


def _refuse_too_few(fixed: Setup) -> None:
    least = 2 if fixed.common_slope else 3
    helped = fixed.anchored or fixed.log_a_prior is not None
    if fixed.c.size < least and not helped:
        raise NotIdentifiedError(f"{fixed.model} needs at least {least} items, or anchors, or a prior on a.")


def _unpack(at: Floats) -> tuple[Floats, Floats, float, float]:
    count = (at.size - 2) // 2
    return at[:count], at[count:-2], float(at[-2]), float(at[-1])


def _em(expect: Expectation, at: Floats, fixed: Setup) -> tuple[Floats, float]:
    """One EM step from `at`: the next parameters and the log posterior at `at`."""
    slope, intercept, mean, sd = _unpack(at)
    if sd <= 0:
        raise NotIdentifiedError("The spread of ability runs to zero; check the anchors.")
    statistics = expect(Parameters(slope, difficulty(slope, intercept), fixed.c, mean, sd))
    _refuse_runaways(slope, intercept, mean, sd, statistics.theta, fixed)
    value = statistics.log_likelihood + _log_priors(slope, intercept, fixed)
    slope, intercept = maximise(statistics, slope, intercept, fixed)
    mean, sd = ability_moments(statistics, fixed.anchored)
    return np.concatenate([slope, intercept, [mean, sd]]), value


def _log_priors(slope: Floats, intercept: Floats, fixed: Setup) -> float:
    total = 0.0
    free = ~fixed.fixed
    if fixed.log_a_prior is not None:
        residual = (np.log(slope) - fixed.log_a_prior[0]) / fixed.log_a_prior[1]
        total -= 0.5 * float((residual[free] ** 2).sum())
    if fixed.b_prior is not None:
        residual = (-intercept / slope - fixed.b_prior[0]) / fixed.b_prior[1]
        total -= 0.5 * float((residual[free] ** 2).sum())
    return total


def _refuse_runaways(
    slope: Floats, intercept: Floats, mean: float, sd: float, theta: Floats, fixed: Setup
) -> None:
    free = ~fixed.fixed
    steep = free & (np.abs(slope) > A_LIMIT)
    if steep.any():
        raise NotIdentifiedError(f"Discrimination runs to infinity, separable data: {places(steep)}.")
    far = free & (np.abs(intercept) > B_LIMIT * np.maximum(np.abs(slope), 1e-9))
    if far.any():
        raise NotIdentifiedError(f"Difficulty runs to infinity, no discrimination: {places(far)}.")
    if fixed.anchored and not (theta[0] <= mean - 2 * sd and mean + 2 * sd <= theta[-1]):
        raise NotIdentifiedError("Ability runs off the grid; check the anchors or widen the bounds.")
