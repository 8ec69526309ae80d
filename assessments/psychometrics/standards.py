"""Cut scores from expert judgement, and how sure the bands are that people are put into."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats

from . import checks, irf
from .checks import Floats
from .errors import InvalidInputError, NotIdentifiedError
from .score import Posterior, share_above

_REACH = 12.0


class Cut(NamedTuple):
    """A cut score, scale units, and its standard error over judges (NaN for a single judge)."""

    theta: float
    se: float
    judges: int


class Consistency(NamedTuple):
    """Expected share of people put into the right band, and into the same band twice."""

    accuracy: float
    consistency: float


def angoff(ratings: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> Cut:
    """Cut score from judged chances that a person at the border answers each item right.

    ratings: (judges, items) in [0, 1], NaN where a judge skipped an item; a, b, c: (items,). Each judge's
    cut is where the curve of the items rated meets the sum of the ratings; the cut is their mean. Raises
    InvalidInputError (shapes, values, a judge without ratings), NotIdentifiedError (a sum that no ability
    within +-12 reaches). Source: Angoff (1971); Hambleton and Pitoniak (2006).
    """
    items = checks.items(a, b, c)
    table = checks.as_floats(ratings, "ratings")
    if table.ndim != 2 or table.shape[1] != items.a.size or table.shape[0] == 0:
        raise InvalidInputError("ratings must have the shape (judges, items), one judge at least.")
    rated = ~np.isnan(table)
    if not rated.any(axis=1).all() or ((table < 0) | (table > 1)).any():
        raise InvalidInputError("Each judge must rate some items, in [0, 1].")
    cuts = [
        _ability_for(float(row[seen].sum()), items.a[seen], items.b[seen], items.c[seen])
        for row, seen in zip(table, rated, strict=True)
    ]
    return _mean_cut(cuts)


def _ability_for(expected: float, a: Floats, b: Floats, c: Floats) -> float:
    def gap(theta: float) -> float:
        return float(irf.test_characteristic([theta], a, b, c)[0]) - expected

    if not (gap(-_REACH) < 0 < gap(_REACH)):
        raise NotIdentifiedError(f"No ability within {_REACH:g} gives an expected score of {expected:g}.")
    return float(optimize.brentq(gap, -_REACH, _REACH, xtol=1e-10))


def _mean_cut(cuts: list[float]) -> Cut:
    se = float(np.std(cuts, ddof=1) / np.sqrt(len(cuts))) if len(cuts) > 1 else float("nan")
    return Cut(float(np.mean(cuts)), se, len(cuts))


def bookmark(pages: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0, chance: float = 2 / 3) -> Cut:
    """Cut score from bookmarks in a booklet of items ordered by difficulty.

    pages: (judges,) number, from 1, of the first item that a person at the border would not master; the
    cut of a judge lies half-way between the places of the items before and after the bookmark (the first
    or last item's place at the ends). a, b, c: (items,) in any order. chance: mastery, 2/3 by default,
    counted above guessing. Raises InvalidInputError: shapes, pages outside 1 ... items + 1, a not above
    zero. Source: Mitzel, Lewis, Patz and Green (2001).
    """
    places = np.sort(mastery_places(a, b, c, chance))
    marks = checks.vector(pages, "pages")
    if marks.size == 0 or not np.isin(marks, np.arange(1, places.size + 2)).all():
        raise InvalidInputError(f"pages must hold whole numbers from 1 to {places.size + 1}.")
    before = places[np.maximum(marks.astype(int) - 2, 0)]
    after = places[np.minimum(marks.astype(int) - 1, places.size - 1)]
    return _mean_cut(list((before + after) / 2))


def mastery_places(a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0, chance: float = 2 / 3) -> Floats:
    """Ability at which each item is mastered with the given chance, guessing set aside; (items,).

    Orders the booklet of `bookmark`. Raises InvalidInputError: no items, a not above zero, chance outside
    (0, 1). Source: Mitzel, Lewis, Patz and Green (2001); Huynh (1998) for guessing.
    """
    items = checks.items(a, b, c)
    if (items.a <= 0).any():
        raise InvalidInputError("Discriminations must be above zero.")
    mastery = checks.share(chance, "chance")
    return np.asarray(items.b + np.log(mastery / (1 - mastery)) / items.a, dtype=np.float64)


def band_probabilities(theta: ArrayLike, se: ArrayLike, cuts: ArrayLike) -> Floats:
    """Probability that each person belongs to each band, by a normal posterior.

    theta, se: (people,) scale units, se above zero; cuts: (cuts,) increasing. Returns (people, cuts + 1),
    lowest band first, rows sum to one. Raises InvalidInputError on anything else. For the exact posterior
    use `posterior_bands`. Source: Rudner (2001).
    """
    centre = checks.vector(theta, "theta")
    spread = checks.vector(se, "se", centre.size)
    if (spread <= 0).any():
        raise InvalidInputError("se must be above zero.")
    levels = _levels(cuts)
    below = stats.norm.cdf(levels, centre[:, np.newaxis], spread[:, np.newaxis])
    return _between(below)


def posterior_bands(known: Posterior, cuts: ArrayLike) -> Floats:
    """`band_probabilities` from posteriors on a grid: (people, cuts + 1).

    cuts: (cuts,) increasing, scale units. Raises InvalidInputError otherwise. Source: Guo (2006).
    """
    above = np.stack([known.density @ share_above(known.theta, cut) for cut in _levels(cuts)], axis=1)
    return _between(1 - above)


def _levels(cuts: ArrayLike) -> Floats:
    levels = checks.vector(cuts, "cuts")
    if levels.size == 0 or (np.diff(levels) <= 0).any():
        raise InvalidInputError("cuts must be one or more increasing numbers.")
    return levels


def _between(below: Floats) -> Floats:
    rows = below.shape[0]
    edges = np.concatenate([np.zeros((rows, 1)), below, np.ones((rows, 1))], axis=1)
    return np.clip(np.diff(edges, axis=1), 0.0, 1.0)


def decision_consistency(theta: ArrayLike, se: ArrayLike, cuts: ArrayLike) -> Consistency:
    """How often bands are right, and how often a second sitting would give the same band.

    theta, se: (people,) estimates and errors, scale units; cuts: (cuts,). Accuracy is the mean probability
    of the band that each estimate falls into, consistency the mean chance of the same band in two
    independent sittings. Raises InvalidInputError as `band_probabilities`, or without people.
    Source: Rudner (2001, 2005); Lee (2010).
    """
    chances = band_probabilities(theta, se, cuts)
    if chances.shape[0] == 0:
        raise InvalidInputError("There are no people.")
    band = np.searchsorted(_levels(cuts), checks.vector(theta, "theta"), side="right")
    accuracy = float(chances[np.arange(band.size), band].mean())
    return Consistency(accuracy, float((chances**2).sum(axis=1).mean()))
