"""From answers to ability: posterior, its mean, and Warm's weighted likelihood estimate."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from . import checks, irf, quadrature
from .checks import Floats, Items
from .errors import InvalidInputError

POINTS = 121
WLE_LIMIT = 10.0
_HALVINGS = 40


class Posterior(NamedTuple):
    """What is known of each person: a grid (points,) and a density (people, points), rows sum to one."""

    theta: Floats
    density: Floats


def log_likelihood(
    responses: ArrayLike, a: ArrayLike, b: ArrayLike, theta: ArrayLike, c: ArrayLike = 0.0
) -> Floats:
    """Log-likelihood of each person's answers at each given ability.

    responses: (people, items) of 0/1/NaN, NaN is skipped; theta: (points,). Returns (people, points).
    Likelihoods of several sittings combine by adding these. Raises InvalidInputError on other values or
    shapes. Source: Lord (1980).
    """
    items = checks.items(a, b, c)
    matrix = checks.responses(responses, items.a.size)
    return quadrature.log_likelihood(matrix, items, checks.vector(theta, "theta"))


def posterior(
    responses: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,
    mean: float = 0.0,
    sd: float = 1.0,
    points: int = POINTS,
) -> Posterior:
    """Posterior distribution of each ability under a normal prior.

    responses: (people, items) of 0/1/NaN; mean, sd: of the prior, scale units. Returns a grid of `points`
    abilities within 6 sd of the mean and a density (people, points). A row of NaN returns the prior; all
    right or all wrong answers return a proper posterior. Raises InvalidInputError on bad shapes, other
    values than 0/1/NaN, no items, sd not above zero. Source: Bock and Mislevy (1982).
    """
    items = checks.items(a, b, c)
    matrix = checks.responses(responses, items.a.size)
    theta, log_prior = prior_grid(mean, sd, points)
    density, _ = quadrature.normalise(quadrature.log_likelihood(matrix, items, theta) + log_prior)
    return Posterior(theta, density)


def prior_grid(mean: float, sd: float, points: int = POINTS) -> tuple[Floats, Floats]:
    """A grid within 6 sd of the mean and the log prior on it, each (points,)."""
    centre = checks.finite_number(mean, "mean")
    spread = checks.positive(sd, "sd")
    theta = quadrature.grid(points, (centre - 6 * spread, centre + 6 * spread))
    return theta, quadrature.log_normal_weights(theta, centre, spread)


def eap(
    responses: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,
    mean: float = 0.0,
    sd: float = 1.0,
) -> tuple[Floats, Floats]:
    """Expected a posteriori ability and its standard error (the posterior standard deviation).

    responses: (people, items) of 0/1/NaN. Returns theta (people,), se (people,), in scale units. A row of
    NaN returns exactly what is known without answers, up to the grid: the prior mean and sd. Raises as
    `posterior`. Source: Bock and Mislevy (1982).
    """
    known = posterior(responses, a, b, c, mean, sd)
    return quadrature.moments(known.density, known.theta)


def combine(sittings: ArrayLike, theta: ArrayLike, mean: float = 0.0, sd: float = 1.0) -> Posterior:
    """One posterior from several sittings of the same people: the product of their likelihoods.

    sittings: (sittings, people, points) log-likelihoods from `log_likelihood`, all on the grid theta
    (points,); the prior counts once. Returns a Posterior on that grid. Raises InvalidInputError on other
    shapes, no sitting, sd not above zero. Source: Bock and Mislevy (1982).
    """
    stack = checks.as_floats(sittings, "sittings")
    points = checks.vector(theta, "theta")
    if stack.ndim != 3 or stack.shape[0] == 0 or stack.shape[2] != points.size:
        raise InvalidInputError("sittings must have the shape (sittings, people, points), one at least.")
    if not np.isfinite(stack).all():
        raise InvalidInputError("sittings must hold finite log-likelihoods.")
    centre = checks.finite_number(mean, "mean")
    log_prior = quadrature.log_normal_weights(points, centre, checks.positive(sd, "sd"))
    density, _ = quadrature.normalise(stack.sum(axis=0) + log_prior)
    return Posterior(points, density)


def probability_above(known: Posterior, cut: float) -> Floats:
    """Probability of each person that the ability lies above a cut score; (people,).

    cut: scale units; the cell that holds the cut is shared linearly. Raises InvalidInputError if the cut
    is not finite. Source: Eggen (1999).
    """
    level = checks.finite_number(cut, "cut")
    return np.asarray(known.density @ share_above(known.theta, level), dtype=np.float64)


def share_above(theta: Floats, cut: float) -> Floats:
    """Share of each grid cell that lies above the cut, (points,); a cell reaches half a step each way."""
    step = theta[1] - theta[0]
    return np.clip((theta - cut) / step + 0.5, 0.0, 1.0)


def wle(responses: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> tuple[Floats, Floats]:
    """Weighted likelihood estimate of ability and its standard error, the inverse root of information.

    responses: (people, items) of 0/1/NaN. Returns theta (people,), se (people,), in scale units. All right
    and all wrong answers have a finite estimate; the limit is +-10, which is also returned where the
    equation has no root inside. A row of NaN (or of items without discrimination) gives theta NaN and se
    infinite. Where guessing makes several maxima, the highest is taken. Raises InvalidInputError on bad
    shapes, other values than 0/1/NaN, no items. Source: Warm (1989).
    """
    items = checks.items(a, b, c)
    matrix = checks.responses(responses, items.a.size)
    theta = np.full(matrix.shape[0], np.nan)
    se = np.full(matrix.shape[0], np.inf)
    for start in range(0, matrix.shape[0], quadrature.ROWS_AT_ONCE):
        block = slice(start, start + quadrature.ROWS_AT_ONCE)
        theta[block], se[block] = _wle_block(matrix[block], items)
    return theta, se


def _wle_block(matrix: Floats, items: Items) -> tuple[Floats, Floats]:
    seen = ~np.isnan(matrix)
    known = (seen & (items.a != 0)).any(axis=1)
    right, seen = np.where(seen, matrix, 0.0)[known], seen[known].astype(np.float64)
    low, high = _bracket(right, seen, items)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        rising = _warm_slope(middle, right, seen, items) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    theta, se = np.full(known.size, np.nan), np.full(known.size, np.inf)
    theta[known] = 0.5 * (low + high)
    info = (seen * irf.item_information(theta[known], items)).sum(axis=1)
    se[known] = np.where(info > 0, 1.0 / np.sqrt(np.maximum(info, np.finfo(float).tiny)), np.inf)
    return theta, se


def _bracket(right: Floats, seen: Floats, items: Items) -> tuple[Floats, Floats]:
    """The grid cells around the highest point of the weighted likelihood, found by summing its slope."""
    theta = quadrature.grid(101, (-WLE_LIMIT, WLE_LIMIT))
    log_right, log_wrong = irf.log_probabilities(theta, items)
    height = right @ (log_right - log_wrong).T + seen @ log_wrong.T
    bias, info = _bias_and_information(theta, items)
    correction = (seen @ bias.T) / (2 * np.maximum(seen @ info.T, np.finfo(float).tiny))
    step = theta[1] - theta[0]
    height[:, 1:] += np.cumsum(0.5 * step * (correction[:, 1:] + correction[:, :-1]), axis=1)
    best = height.argmax(axis=1)
    return theta[np.maximum(best - 1, 0)], theta[np.minimum(best + 1, theta.size - 1)]


def _bias_and_information(theta: Floats, items: Items) -> tuple[Floats, Floats]:
    """Warm's J terms P' P'' / (P Q) and the information, each (people, items)."""
    logistic = expit(irf.logits(theta, items))
    ratio = irf.guess_ratio(logistic, items.c)
    info = items.a**2 * (1 - items.c) * ratio * logistic * (1 - logistic)
    return info * items.a * (1 - 2 * logistic), info


def _warm_slope(theta: Floats, right: Floats, seen: Floats, items: Items) -> Floats:
    """Slope of the log-likelihood plus Warm's correction J / (2 I), at one ability per person."""
    logistic = expit(irf.logits(theta, items))
    ratio = irf.guess_ratio(logistic, items.c)
    chance = items.c + (1 - items.c) * logistic
    slope = (items.a * ratio * (right - seen * chance)).sum(axis=1)
    bias, info = _bias_and_information(theta, items)
    total = np.maximum((seen * info).sum(axis=1), np.finfo(float).tiny)
    return np.asarray(slope + (seen * bias).sum(axis=1) / (2 * total), dtype=np.float64)
