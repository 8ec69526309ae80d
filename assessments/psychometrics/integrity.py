"""Signs that answers do not speak of ability: haste, odd patterns, leaked items, copied answers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.special import expit

from . import checks, irf, score
from .checks import Booleans, Floats, Items
from .errors import InvalidInputError


class Fit(NamedTuple):
    """lz* of each person and the probability of a lower value; NaN where it cannot be told."""

    lz: Floats
    p: Floats


class Cusum(NamedTuple):
    """Running sums of one item (answers,) and the first alarm (index of the answer) or None."""

    upper: Floats
    lower: Floats
    alarm: int | None


class Similarity(NamedTuple):
    """Same answers of two people: how many, how many expected, and the chance of as many."""

    matches: int
    expected: float
    p: float


def rapid_threshold(seconds: ArrayLike, portion: float = 0.20, longest: float = 10.0) -> Floats:
    """Time below which an answer to each item counts as a rapid guess.

    seconds: (people, items), NaN where not answered; portion of each item's mean time, at most `longest`
    seconds. Returns (items,) in seconds, NaN for items without times. Raises InvalidInputError: shape,
    negative times, portion outside (0, 1). Source: Wise and Ma (2012), normative threshold NT20.
    """
    times = _times(seconds)
    seen = ~np.isnan(times)
    count = seen.sum(axis=0)
    total = np.where(seen, times, 0.0).sum(axis=0)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return np.minimum(checks.share(portion, "portion") * mean, checks.positive(longest, "longest"))


def _times(seconds: ArrayLike) -> Floats:
    times = checks.as_floats(seconds, "seconds")
    if times.ndim != 2 or times.shape[1] == 0:
        raise InvalidInputError("seconds must have the shape (people, items), one item at least.")
    if (times < 0).any() or np.isinf(times).any():
        raise InvalidInputError("seconds must not be negative or infinite.")
    return times


def rapid_guesses(seconds: ArrayLike, threshold: ArrayLike) -> Booleans:
    """Which answers came faster than the item's threshold; (people, items), False where no time is known.

    seconds: (people, items), threshold: (items,) from `rapid_threshold`. Raises InvalidInputError: shapes,
    negative times. Source: Wise and Kong (2005).
    """
    times = _times(seconds)
    limits = checks.vector(threshold, "threshold", times.shape[1], finite=False)
    return np.asarray(times < limits)


def effort(seconds: ArrayLike, threshold: ArrayLike) -> Floats:
    """Response-time effort: share of each person's answers that were not rapid guesses; (people,).

    Arguments and errors as `rapid_guesses`; NaN for people without times. Below 0.90 a sitting says little
    about ability. Source: Wise and Kong (2005).
    """
    times = _times(seconds)
    count = (~np.isnan(times)).sum(axis=1)
    rapid = rapid_guesses(times, threshold).sum(axis=1)
    return np.where(count > 0, 1 - rapid / np.maximum(count, 1), np.nan)


def lz_star(responses: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> Fit:
    """Person fit lz*: likelihood of the pattern, standardised for an estimated (WLE) ability.

    responses: (people, items) of 0/1/NaN. Returns lz* and p (people,), about standard normal for people who
    follow the model; flag p below 0.05. NaN where nothing varies: no answers, too few items, or an ability at
    the limit of +-10. Raises InvalidInputError on shapes or values. Source: Snijders (2001), with the
    correction of Warm's estimate after Magis, Raiche and Beland (2012).
    """
    items = checks.items(a, b, c)
    matrix = checks.responses(responses, items.a.size)
    theta, _ = score.wle(matrix, *items)
    usable = np.isfinite(theta) & (np.abs(np.where(np.isfinite(theta), theta, 0.0)) < score.WLE_LIMIT - 1e-6)
    lz = np.full(theta.size, np.nan)
    lz[usable] = _lz_of(matrix[usable], theta[usable], items)
    return Fit(lz, stats.norm.cdf(lz))


def _lz_of(matrix: Floats, theta: Floats, items: Items) -> Floats:
    seen = ~np.isnan(matrix)
    logistic = expit(irf.logits(theta, items))
    ratio = irf.guess_ratio(logistic, items.c)
    chance = items.c + (1 - items.c) * logistic
    log_right, log_wrong = irf.log_probabilities(theta, items)
    odds = log_right - log_wrong
    # The estimate solves sum r (x - P) + r0 = 0; taking its direction out of w leaves what is free to vary.
    r = items.a * ratio
    variance = np.where(seen, chance * (1 - chance), 0.0)
    slope = variance * r
    info = (slope * r).sum(axis=1)
    bias = (variance * r**2 * items.a * (1 - 2 * logistic)).sum(axis=1) / np.maximum(2 * info, 1e-300)
    share = (slope * odds).sum(axis=1) / np.maximum(info, 1e-300)
    residual = np.where(seen, matrix - chance, 0.0)
    free = odds - share[:, np.newaxis] * r
    spread = (free**2 * variance).sum(axis=1)
    centred = (residual * odds).sum(axis=1) + share * bias
    return np.where(spread > 1e-10, centred / np.sqrt(np.maximum(spread, 1e-300)), np.nan)


def cusum(answers: ArrayLike, expected: ArrayLike, slack: float = 0.25, limit: float = 12.0) -> Cusum:
    """Cumulative sums of one item's surprises over time: upwards when it leaks, downwards when it ages.

    answers: (answers,) of 0/1 in order of time; expected: (answers,) the model's chances for these people,
    inside (0, 1). Standardised surprises beyond `slack` add up; an alarm sounds above `limit`. The
    defaults give one false alarm in about 3,000 answers. Raises
    InvalidInputError: lengths, values. No answers: empty sums, no alarm.
    Source: Page (1954); Veerkamp and Glas (2000).
    """
    right, chance = checks.vector(answers, "answers"), checks.vector(expected, "expected")
    checks.same_length(right, chance, "answers and expected")
    if not np.isin(right, (0.0, 1.0)).all() or ((chance <= 0) | (chance >= 1)).any():
        raise InvalidInputError("answers must be 0 or 1 and expected lie inside (0, 1).")
    surprise = (right - chance) / np.sqrt(chance * (1 - chance))
    upper, lower = np.zeros(right.size), np.zeros(right.size)
    up = down = 0.0
    for place, step in enumerate(surprise):
        up, down = max(0.0, up + step - slack), max(0.0, down - step - slack)
        upper[place], lower[place] = up, down
    over = np.flatnonzero(np.maximum(upper, lower) > checks.positive(limit, "limit"))
    return Cusum(upper, lower, int(over[0]) if over.size else None)


def answer_similarity(
    first: ArrayLike,
    second: ArrayLike,
    theta: tuple[float, float],
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,
) -> Similarity:
    """Whether two people's answers agree more often than their abilities explain.

    first, second: (items,) of 0/1/NaN; theta: their abilities; a, b, c: (items,). p is the chance of at least
    as many equal answers (generalised binomial). Few common answers give a p near 1, none exactly 1. Raises
    InvalidInputError on shapes or values. Source: van der Linden and Sotaridona (2006).
    """
    items = checks.items(a, b, c)
    one, two = _row(first), _row(second)
    checks.same_length(one, two, "first and second")
    rows = checks.responses(np.stack([one, two]), items.a.size)
    both = ~np.isnan(rows).any(axis=0)
    chance = irf.response_probability(checks.vector(theta, "theta", 2), items)[:, both]
    same = chance[0] * chance[1] + (1 - chance[0]) * (1 - chance[1])
    matches = int((rows[0, both] == rows[1, both]).sum())
    law = np.ones(1)
    for one in same:
        law = np.convolve(law, [1 - one, one])
    return Similarity(matches, float(same.sum()), float(min(law[matches:].sum(), 1.0)))


def _row(values: ArrayLike) -> Floats:
    return checks.vector(values, "answers", finite=False)
