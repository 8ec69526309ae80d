"""Change of people and of groups, on one scale, with its uncertainty."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from . import checks
from .checks import Booleans, Floats
from .errors import InvalidInputError


class ReliableChange(NamedTuple):
    """Ratio (change over its error), whether it is beyond chance, its direction -1, 0, 1; (people,) each."""

    ratio: Floats
    reliable: Booleans
    direction: Floats


class Change(NamedTuple):
    """A change with its interval; shown only where the interval excludes zero."""

    change: float
    se: float
    low: float
    high: float
    shown: bool
    n: int


def reliable_change(
    theta_before: ArrayLike,
    se_before: ArrayLike,
    theta_after: ArrayLike,
    se_after: ArrayLike,
    confidence: float = 0.90,
) -> ReliableChange:
    """Whether each person changed beyond measurement error.

    All (people,), scale units, both times on one scale; NaN or infinite errors (not measured) give a ratio
    NaN and not reliable. Raises InvalidInputError: lengths, errors not above zero, confidence outside
    (0, 1). Source: Jacobson and Truax (1991).
    """
    before = checks.vector(theta_before, "theta_before", finite=False)
    after = checks.vector(theta_after, "theta_after", before.size, finite=False)
    errors = [checks.vector(se, "se", before.size, finite=False) for se in (se_before, se_after)]
    if any((error <= 0).any() for error in errors):
        raise InvalidInputError("Standard errors must be above zero.")
    spread = np.hypot(errors[0], errors[1])
    measured = np.isfinite(before) & np.isfinite(after) & np.isfinite(spread)
    index = np.full(before.size, np.nan)
    index[measured] = (after - before)[measured] / spread[measured]
    limit = stats.norm.isf((1 - checks.share(confidence, "confidence")) / 2)
    reliable = measured & (np.abs(np.where(measured, index, 0.0)) > limit)
    return ReliableChange(index, reliable, np.where(reliable, np.sign(index), 0.0))


def group_change(before: ArrayLike, after: ArrayLike, confidence: float = 0.90) -> Change:
    """Change of a group from plausible values of two times on one scale, or of any paired draws.

    before, after: (draws, people) plausible values, scale units, the same people in the same order.
    The error joins sampling of people and measurement. Raises InvalidInputError: shapes, fewer than two
    draws or two people, confidence outside (0, 1). Source: Rubin (1987); Mislevy (1991).
    """
    first, second = _draws(before, "before"), _draws(after, "after")
    if first.shape != second.shape:
        raise InvalidInputError("before and after must be the same people and as many draws.")
    return _joined(second - first, confidence)


def share_change(before: ArrayLike, after: ArrayLike, cut: float, confidence: float = 0.90) -> Change:
    """Change of the share of a group above a cut, in shares (0.05 is five points).

    Arguments and errors as `group_change`; cut: scale units. Source: Rubin (1987); Mislevy (1991).
    """
    level = checks.finite_number(cut, "cut")
    first, second = _draws(before, "before"), _draws(after, "after")
    if first.shape != second.shape:
        raise InvalidInputError("before and after must be the same people and as many draws.")
    moved = (second >= level).astype(np.float64) - (first >= level)
    return _joined(moved, confidence)


def difference(
    estimate_before: float, se_before: float, estimate_after: float, se_after: float, confidence: float = 0.90
) -> tuple[float, float, float, bool]:
    """Change between two independent group estimates: (change, low, high, shown).

    Estimates in any one unit, errors above zero. Raises InvalidInputError otherwise. For two samples of
    different people; for the same people `group_change` is sharper. Source: Cochran (1977).
    """
    spread = float(np.hypot(checks.positive(se_before, "se"), checks.positive(se_after, "se")))
    change = checks.finite_number(estimate_after, "estimate") - checks.finite_number(
        estimate_before, "estimate"
    )
    reach = float(stats.norm.isf((1 - checks.share(confidence, "confidence")) / 2)) * spread
    return change, change - reach, change + reach, abs(change) > reach


def _draws(values: ArrayLike, name: str) -> Floats:
    draws = checks.as_floats(values, name)
    if draws.ndim != 2 or draws.shape[0] < 2 or draws.shape[1] < 2:
        raise InvalidInputError(f"{name} must have the shape (draws, people), at least two of each.")
    if not np.isfinite(draws).all():
        raise InvalidInputError(f"{name} must hold finite numbers.")
    return draws


def _joined(moved: Floats, confidence: float) -> Change:
    """Rubin's rules over draws of each person's change: (draws, people)."""
    count, people = moved.shape
    means = moved.mean(axis=1)
    within = float(moved.var(axis=1, ddof=1).mean()) / people
    between = float(means.var(ddof=1)) * (1 + 1 / count)
    total = within + between
    change = float(means.mean())
    if total <= 0:
        return Change(change, 0.0, change, change, change != 0, people)
    freedom = (count - 1) * (total / between) ** 2 if between > 0 else np.inf
    tail = (1 - checks.share(confidence, "confidence")) / 2
    reach = float(stats.t.isf(tail, min(freedom, 1e9))) * total**0.5
    return Change(change, total**0.5, change - reach, change + reach, abs(change) > reach, people)
