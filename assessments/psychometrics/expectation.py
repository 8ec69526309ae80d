"""The E step of calibration: sufficient statistics of rows of answers, which add over shards exactly."""

import functools
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from . import checks, irf, quadrature
from .checks import Floats, Items
from .errors import InvalidInputError

# Where the matrix library itself is held to one thread (as in workers), the rows are shared out here;
# both at once would only get in each other's way.
_BLAS_LIMITS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
_THREADS = 2 if any(os.environ.get(name) == "1" for name in _BLAS_LIMITS) else 1
_WORTH_THREADS = 8


@dataclass(frozen=True)
class Statistics:
    """Expected counts at each grid point; `one + other` joins two shards of rows.

    theta: the grid (points,); right, answered: (items, points) expected numbers of right answers and of
    answers; mass: (points,) expected people; log_likelihood: of the observed answers; people: their weight.
    """

    theta: Floats
    right: Floats
    answered: Floats
    mass: Floats
    log_likelihood: float
    people: float

    def __add__(self, other: "Statistics") -> "Statistics":
        if not np.array_equal(self.theta, other.theta) or self.right.shape != other.right.shape:
            raise InvalidInputError("Shards can be added only on the same grid and the same items.")
        return Statistics(
            self.theta,
            self.right + other.right,
            self.answered + other.answered,
            self.mass + other.mass,
            self.log_likelihood + other.log_likelihood,
            self.people + other.people,
        )


def e_step(
    responses: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,
    weights: ArrayLike | None = None,
    mean: float = 0.0,
    sd: float = 1.0,
    points: int = 61,
    bounds: tuple[float, float] = (-6.0, 6.0),
) -> Statistics:
    """Sufficient statistics of some rows of answers at the given parameters.

    responses: (rows, items) of 0/1/NaN; weights: (rows,) frequencies; mean, sd: of ability. Rows without
    any answer count for nothing; an empty shard gives zeros. Statistics of shards add up to those of the
    whole. Raises InvalidInputError on bad shapes or values, no items, sd not above zero.
    Source: Bock and Aitkin (1981).
    """
    items = checks.items(a, b, c)
    matrix = checks.responses(responses, items.a.size)
    frequency = checks.weights(weights, matrix.shape[0])
    theta = quadrature.grid(points, bounds)
    centre = checks.finite_number(mean, "mean")
    log_prior = quadrature.log_normal_weights(theta, centre, checks.positive(sd, "sd"))
    return expected_counts(matrix, frequency, items, theta, log_prior)


def expected_counts(
    matrix: Floats, frequency: Floats, items: Items, theta: Floats, log_prior: Floats
) -> Statistics:
    """`e_step` of arrays that were checked already."""
    log_right, log_wrong = irf.log_probabilities(theta, items)
    table = np.concatenate([log_right.T - log_wrong.T, log_wrong.T])

    def count(start: int) -> Sums:
        block = slice(start, start + quadrature.ROWS_AT_ONCE)
        return _count_block(matrix[block], frequency[block], table, log_prior)

    starts = range(0, matrix.shape[0], quadrature.ROWS_AT_ONCE)
    total = Sums(np.zeros((table.shape[0], theta.size)), np.zeros(theta.size), 0.0, 0.0)
    if _THREADS == 1 or len(starts) < _WORTH_THREADS:
        total = functools.reduce(_join, map(count, starts), total)
    else:
        with ThreadPoolExecutor(_THREADS) as pool:
            # map keeps the order of the blocks, so the sums are the same to the bit in every run.
            total = functools.reduce(_join, pool.map(count, starts), total)
    right, answered = total.counts[: items.a.size], total.counts[items.a.size :]
    return Statistics(theta, right, answered, total.mass, total.log_likelihood, total.people)


class Sums(NamedTuple):
    """Running sums over blocks of rows."""

    counts: Floats
    mass: Floats
    log_likelihood: float
    people: float


def _join(one: Sums, other: Sums) -> Sums:
    return Sums(
        one.counts + other.counts,
        one.mass + other.mass,
        one.log_likelihood + other.log_likelihood,
        one.people + other.people,
    )


def _count_block(matrix: Floats, frequency: Floats, table: Floats, log_prior: Floats) -> Sums:
    coded = quadrature.indicators(matrix)
    weight = np.where(coded[:, matrix.shape[1] :].any(axis=1), frequency, 0.0)
    density, log_sums = quadrature.normalise(coded @ table + log_prior)
    density *= weight[:, np.newaxis]
    return Sums(coded.T @ density, density.sum(axis=0), float(weight @ log_sums), float(weight.sum()))
