"""Putting two calibrations on one scale, and watching items drift.

The linear link turns the new form's scale into the old one: theta_old = slope * theta_new + shift, so
a_old = a_new / slope and b_old = slope * b_new + shift.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize

from . import calibrate, checks, irf, quadrature
from .checks import Booleans, Floats, Items
from .errors import InvalidInputError, NotIdentifiedError
from .maximisation import Anchors


class Link(NamedTuple):
    """theta_old = slope * theta_new + shift; shift in units of the old scale."""

    slope: float
    shift: float


class Drift(NamedTuple):
    """Robust z of each common item, for a and for b, and which items drifted; (items,) each."""

    z_a: Floats
    z_b: Floats
    drifted: Booleans


def transform(a: ArrayLike, b: ArrayLike, link: Link) -> tuple[Floats, Floats]:
    """Item parameters of the new form on the old scale.

    a, b: (items,). Returns (a, b), (items,) each. Raises InvalidInputError: no items, a slope that is not
    above zero. Source: Kolen and Brennan (2014).
    """
    items = checks.items(a, b)
    slope = checks.positive(link.slope, "slope")
    return items.a / slope, slope * items.b + checks.finite_number(link.shift, "shift")


def mean_sigma(new_b: ArrayLike, old_b: ArrayLike) -> Link:
    """Link from the mean and spread of the difficulties of common items.

    new_b, old_b: (items,), the same items. Raises InvalidInputError (fewer than two items, lengths),
    NotIdentifiedError (difficulties without spread). Source: Marco (1977).
    """
    new, old = checks.vector(new_b, "new_b"), checks.vector(old_b, "old_b")
    checks.same_length(new, old, "new_b and old_b")
    if new.size < 2:
        raise InvalidInputError("A link needs at least two common items.")
    if new.std() < 1e-9 or old.std() < 1e-9:
        raise NotIdentifiedError("The common items are all equally difficult; their spread gives no slope.")
    slope = float(old.std() / new.std())
    return Link(slope, float(old.mean() - slope * new.mean()))


def stocking_lord(
    new_a: ArrayLike, new_b: ArrayLike, old_a: ArrayLike, old_b: ArrayLike, c: ArrayLike = 0.0
) -> Link:
    """Link that brings the characteristic curves of the common items together, over ability N(0, 1).

    All (items,), the same items; c common to both forms. Raises InvalidInputError (fewer than two items,
    lengths, discriminations that are not above zero), NotIdentifiedError (no link found).
    Source: Stocking and Lord (1983).
    """
    new, old = checks.items(new_a, new_b, c), checks.items(old_a, old_b, c)
    checks.same_length(new.b, old.b, "The two forms' parameters")
    if new.b.size < 2:
        raise InvalidInputError("A link needs at least two common items.")
    if min(new.a.min(), old.a.min()) <= 0:
        raise InvalidInputError("Discriminations must be above zero.")
    theta = quadrature.grid(41, (-4.0, 4.0))
    weight = np.exp(quadrature.log_normal_weights(theta))
    target = irf.response_probability(theta, old).sum(axis=1)

    def distance(point: Floats) -> Floats:
        slope, shift = np.exp(point[0]), point[1]
        moved = Items(new.a / slope, slope * new.b + shift, new.c)
        gap = irf.response_probability(theta, moved).sum(axis=1) - target
        return np.asarray(np.sqrt(weight) * gap)

    start = np.array([np.log(new.a.mean() / old.a.mean()), old.b.mean() - new.b.mean()])
    found = optimize.least_squares(distance, start, xtol=1e-12, ftol=1e-12, gtol=1e-12, max_nfev=500)
    if not found.success or not np.isfinite(found.x).all() or abs(found.x[0]) > 5:
        raise NotIdentifiedError("No link brings the two characteristic curves together.")
    return Link(float(np.exp(found.x[0])), float(found.x[1]))


def fixed_parameter(
    responses: ArrayLike, anchors: Anchors, model: str = "2pl", c: ArrayLike | None = None
) -> calibrate.Calibration:
    """Calibrate new items straight onto the old scale by keeping the common items as they are.

    responses: (rows, items) of 0/1/NaN; anchors: {item: (a, b)}. Returns a Calibration whose mean and sd
    are those of these people on the old scale. Raises InvalidInputError without anchors, else as
    `calibrate.fit_mml`. Source: Kim (2006).
    """
    if not anchors:
        raise InvalidInputError("Fixed-parameter linking needs at least one anchor.")
    return calibrate.fit_mml(responses, model, c=c, anchors=anchors)


def robust_z(
    new_a: ArrayLike, new_b: ArrayLike, old_a: ArrayLike, old_b: ArrayLike, limit: float = 1.645
) -> Drift:
    """Which common items drifted between two calibrations.

    All (items,), the same items, a above zero. z = (difference - median) / (0.74 interquartile range), of
    log a and of b; an item drifts when either |z| exceeds `limit`. Where the middle half of the items does
    not differ at all, z is 0 for these and infinite for any other. Raises InvalidInputError: fewer than four
    items, lengths, a not above zero. Source: Huynh and Meyer (2010).
    """
    new, old = checks.items(new_a, new_b), checks.items(old_a, old_b)
    checks.same_length(new.b, old.b, "The two forms' parameters")
    if new.b.size < 4:
        raise InvalidInputError("Drift needs at least four common items to judge by.")
    if min(new.a.min(), old.a.min()) <= 0:
        raise InvalidInputError("Discriminations must be above zero.")
    z_a = _robust(np.log(new.a) - np.log(old.a))
    slope = float(np.exp(-np.median(np.log(new.a) - np.log(old.a))))
    z_b = _robust(old.b - slope * new.b)
    most = checks.positive(limit, "limit")
    return Drift(z_a, z_b, (np.abs(z_a) > most) | (np.abs(z_b) > most))


def _robust(difference: Floats) -> Floats:
    low, middle, high = np.percentile(difference, [25, 50, 75])
    away, spread = difference - middle, 0.74 * (high - low)
    if spread > 1e-12:
        return np.asarray(away / spread, dtype=np.float64)
    return np.where(np.abs(away) < 1e-12, 0.0, np.copysign(np.inf, away))
