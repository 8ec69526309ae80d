"""The grid of abilities over which every integral of this package is a plain sum."""

import numpy as np
from numpy.typing import ArrayLike

from . import checks, irf
from .checks import Floats, Items
from .errors import InvalidInputError

ROWS_AT_ONCE = 4096


def grid(points: int = 61, bounds: tuple[float, float] = (-6.0, 6.0)) -> Floats:
    """Equally spaced abilities, (points,), in scale units.

    Raises InvalidInputError: fewer than 5 points, bounds that are not finite or not increasing.
    Source: Bock and Aitkin (1981).
    """
    if not isinstance(points, (int, np.integer)) or points < 5:
        raise InvalidInputError("points must be a whole number of at least 5.")
    low, high = (checks.finite_number(bound, "bounds") for bound in bounds)
    if low >= high:
        raise InvalidInputError("bounds must be increasing.")
    return np.linspace(low, high, int(points))


def log_normal_weights(theta: Floats, mean: float = 0.0, sd: float = 1.0) -> Floats:
    """Logarithms of normal probabilities on a grid, normalised to sum to one; (points,)."""
    exponent = -0.5 * ((theta - mean) / sd) ** 2
    peak = exponent.max()
    return np.asarray(exponent - peak - np.log(np.exp(exponent - peak).sum()), dtype=np.float64)


def log_likelihood(responses: Floats, items: Items, theta: Floats) -> Floats:
    """Log-likelihood of checked responses at each grid point: (rows, items) to (rows, points)."""
    log_right, log_wrong = irf.log_probabilities(theta, items)
    table = np.concatenate([log_right.T - log_wrong.T, log_wrong.T])
    result = np.empty((responses.shape[0], theta.size))
    for start in range(0, responses.shape[0], ROWS_AT_ONCE):
        block = slice(start, start + ROWS_AT_ONCE)
        np.matmul(indicators(responses[block]), table, out=result[block])
    return result


def indicators(responses: Floats) -> Floats:
    """[answered right, answered at all] as ones and zeros: (rows, items) to (rows, 2 items)."""
    rows, count = responses.shape
    result = np.empty((rows, 2 * count))
    np.equal(responses, 1.0, out=result[:, :count])
    np.equal(responses, responses, out=result[:, count:])
    return result


def normalise(log_values: Floats) -> tuple[Floats, Floats]:
    """Rows of log values to probabilities (in place) and the logarithms of their sums."""
    peak = log_values.max(axis=1)
    log_values -= peak[:, np.newaxis]
    np.exp(log_values, out=log_values)
    sums = log_values.sum(axis=1)
    log_values /= sums[:, np.newaxis]
    return log_values, peak + np.log(sums)


def moments(density: Floats, theta: ArrayLike) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each row of a density on a grid: (rows, points) to (rows,) twice."""
    points = checks.vector(theta, "theta")
    mean = density @ points
    spread = (density * (points - mean[:, np.newaxis]) ** 2).sum(axis=1)
    return mean, np.sqrt(spread)
