"""The item response function P = c + (1 - c) / (1 + exp(-a (theta - b))) and what follows from it.

Logistic metric (no 1.7). Abilities `theta` and difficulties `b` are in units of the scale's standard
deviation, discriminations `a` per such unit, `c` is a probability.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, log_expit

from . import checks
from .checks import Floats, Items


def probability(theta: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> Floats:
    """Probability of a right answer.

    theta: (people,) scale units; a, b, c: (items,) or scalars. Returns (people, items) in [c, 1].
    Raises InvalidInputError: no items, values that are not finite, lengths that differ, c outside [0, 1).
    Source: Birnbaum (1968); Lord (1980).
    """
    items = checks.items(a, b, c)
    return response_probability(checks.vector(theta, "theta"), items)


def response_probability(theta: Floats, items: Items) -> Floats:
    """`probability` of arrays that were checked already: (people,) and items to (people, items)."""
    logistic = expit(logits(theta, items))
    return items.c + (1.0 - items.c) * logistic


def logits(theta: Floats, items: Items) -> Floats:
    """a (theta - b) of checked arrays, (people, items)."""
    return items.a * (theta[:, np.newaxis] - items.b)


def log_probabilities(theta: Floats, items: Items) -> tuple[Floats, Floats]:
    """log P and log (1 - P) of checked arrays, each (people, items), stable at both ends."""
    return logit_log_probabilities(logits(theta, items), items.c)


def logit_log_probabilities(logit: Floats, c: Floats) -> tuple[Floats, Floats]:
    """log P and log (1 - P) from logits (people, items) and c (items,)."""
    log_wrong = np.log1p(-c) + log_expit(-logit)
    log_right = log_expit(logit)
    guess = c > 0
    if guess.any():
        above = np.log1p(-c[guess]) + log_right[:, guess]
        log_right[:, guess] = np.logaddexp(np.log(c[guess]), above)
    return log_right, log_wrong


def information(theta: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> Floats:
    """Fisher information of each item about theta.

    theta: (people,); a, b, c: (items,). Returns (people, items), in 1 / (scale unit)^2, never negative.
    Raises InvalidInputError as `probability`. Source: Birnbaum (1968); Lord (1980, eq. 5-9).
    """
    items = checks.items(a, b, c)
    return item_information(checks.vector(theta, "theta"), items)


def item_information(theta: Floats, items: Items) -> Floats:
    """`information` of arrays that were checked already."""
    logistic = expit(logits(theta, items))
    ratio = guess_ratio(logistic, items.c)
    return items.a**2 * (1.0 - items.c) * ratio * logistic * (1.0 - logistic)


def guess_ratio(logistic: Floats, c: Floats) -> Floats:
    """logistic / P: how much of a right answer speaks of ability and not of guessing (1 where c = 0)."""
    chance = c + (1.0 - c) * logistic
    ratio = np.ones(np.broadcast_shapes(logistic.shape, c.shape))
    return np.divide(logistic, chance, out=ratio, where=np.broadcast_to(c > 0, ratio.shape))


def test_information(
    theta: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,  # noqa: PT028 - not a test, but the information of a test
) -> Floats:
    """Information of the whole test: the sum over items.

    Shapes and errors as `information`; returns (people,). Its inverse root is the standard error of
    a maximum likelihood estimate, in scale units. Source: Birnbaum (1968).
    """
    return np.asarray(information(theta, a, b, c).sum(axis=1), dtype=np.float64)


def test_characteristic(
    theta: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,  # noqa: PT028 - not a test, but the curve of a test
) -> Floats:
    """Expected number of right answers (the test characteristic curve).

    Shapes and errors as `probability`; returns (people,), in items. Source: Lord (1980).
    """
    return np.asarray(probability(theta, a, b, c).sum(axis=1), dtype=np.float64)


# pytest would otherwise take the two names above for tests wherever they are imported.
test_information.__test__ = False  # type: ignore[attr-defined]
test_characteristic.__test__ = False  # type: ignore[attr-defined]
