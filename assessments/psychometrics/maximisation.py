"""The M step of calibration: item parameters that fit expected counts best."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from . import checks, irf
from .checks import Booleans, Floats
from .errors import InvalidInputError, NotIdentifiedError
from .expectation import Statistics

Anchors = Mapping[int, tuple[float, float]]
Priors = Mapping[str, tuple[ArrayLike, ArrayLike]]

_NEWTON_STEPS = 25
_HALVINGS = 20
_FLAT = 1e-9


@dataclass(frozen=True)
class Setup:
    """What a calibration holds fixed: the model, c, anchored items, priors.

    fixed: (items,) which items keep a and b; log_a, b: prior means and sds as (2, items) or None.
    """

    model: str
    c: Floats
    fixed: Booleans
    fixed_a: Floats
    fixed_d: Floats
    log_a_prior: Floats | None
    b_prior: Floats | None

    @property
    def anchored(self) -> bool:
        return bool(self.fixed.any())

    @property
    def common_slope(self) -> bool:
        return self.model == "1pl"


def setup(
    item_count: int,
    model: str = "2pl",
    c: ArrayLike | None = None,
    anchors: Anchors | None = None,
    priors: Priors | None = None,
) -> Setup:
    """Check and gather what a calibration holds fixed; raises InvalidInputError with the reason."""
    if model not in ("1pl", "2pl"):
        raise InvalidInputError('model must be "1pl" or "2pl".')
    guess = checks.items(1.0, np.zeros(item_count), 0.0 if c is None else c).c
    fixed = np.zeros(item_count, dtype=np.bool_)
    slope, intercept = np.ones(item_count), np.zeros(item_count)
    for item, (a, b) in (anchors or {}).items():
        if not 0 <= item < item_count:
            raise InvalidInputError(f"anchors names item {item}, but there are {item_count} items.")
        fixed[item] = True
        slope[item] = checks.finite_number(a, "an anchor's a")
        intercept[item] = -slope[item] * checks.finite_number(b, "an anchor's b")
        if slope[item] == 0:
            raise InvalidInputError(f"The anchor at item {item} has no discrimination (a = 0).")
    log_a, b_prior = _priors(item_count, priors)
    if log_a is not None and model == "1pl":
        # One slope stands in every item; its prior must count once.
        log_a[1] *= max(int((~fixed).sum()), 1) ** 0.5
    return Setup(model, guess, fixed, slope, intercept, log_a, b_prior)


def _priors(item_count: int, priors: Priors | None) -> tuple[Floats | None, Floats | None]:
    given = dict(priors or {})
    unknown = set(given) - {"a", "b"}
    if unknown:
        raise InvalidInputError(f"priors knows a and b, not {', '.join(sorted(map(str, unknown)))}.")
    stacked: dict[str, Floats] = {}
    for name, (mean, sd) in given.items():
        pair = np.array([checks.vector(mean, "priors", item_count), checks.vector(sd, "priors", item_count)])
        if (pair[1] <= 0).any():
            raise InvalidInputError(f"The prior sd of {name} must be above zero.")
        stacked[name] = pair
    return stacked.get("a"), stacked.get("b")


def m_step(
    statistics: Statistics,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,
    model: str = "2pl",
    anchors: Anchors | None = None,
    priors: Priors | None = None,
) -> tuple[Floats, Floats, float, float]:
    """Parameters that maximise the expected log-likelihood (plus log priors) of `e_step` statistics.

    a, b: (items,) start values; c: fixed; anchors: item -> (a, b) kept fixed; priors: "a" -> (mean, sd) of
    log a (lognormal), "b" -> (mean, sd) of b (normal), each a number or (items,). Returns a, b (items,) and
    the mean and sd of ability: 0 and 1 unless anchors set the scale. Raises InvalidInputError on bad shapes
    or empty statistics. Source: Bock and Aitkin (1981); Mislevy (1986) for priors.
    """
    items = checks.items(a, b, c)
    fixed = setup(items.a.size, model, items.c, anchors, priors)
    if statistics.right.shape[0] != items.a.size:
        raise InvalidInputError("The statistics are of another number of items.")
    start_a = np.where(fixed.fixed, fixed.fixed_a, items.a)
    start_d = np.where(fixed.fixed, fixed.fixed_d, -items.a * items.b)
    if fixed.common_slope and not fixed.fixed.all():
        start_a = np.where(fixed.fixed, start_a, start_a[~fixed.fixed].mean())
    slope, intercept = maximise(statistics, start_a, start_d, fixed)
    return slope, difficulty(slope, intercept), *ability_moments(statistics, fixed.anchored)


def difficulty(slope: Floats, intercept: Floats) -> Floats:
    """b = -d / a; an item without discrimination has no difficulty."""
    if (slope == 0).any():
        raise NotIdentifiedError(f"No discrimination (a = 0), so no difficulty: {places(slope == 0)}.")
    return np.asarray(-intercept / slope, dtype=np.float64)


def places(where: Booleans) -> str:
    """The marked items in words, at most ten of them."""
    found = np.flatnonzero(where)
    more = f" and {found.size - 10} more" if found.size > 10 else ""
    return "items " + ", ".join(str(item) for item in found[:10]) + more


def ability_moments(statistics: Statistics, free: bool) -> tuple[float, float]:
    """Mean and sd of ability: 0 and 1 where they set the scale, else those of the expected people."""
    if statistics.people <= 0:
        raise InvalidInputError("There are no answers: the statistics are empty.")
    if not free:
        return 0.0, 1.0
    share = statistics.mass / statistics.mass.sum()
    mean = float(share @ statistics.theta)
    return mean, float(np.sqrt(share @ (statistics.theta - mean) ** 2))


def maximise(statistics: Statistics, slope: Floats, intercept: Floats, fixed: Setup) -> tuple[Floats, Floats]:
    """Fisher scoring with step halving for logit = a theta + d, all items at once."""
    value = objective(statistics, slope, intercept, fixed)
    for _ in range(_NEWTON_STEPS):
        gradient, curvature = derivatives(statistics, slope, intercept, fixed)
        step = _solve(gradient, curvature, fixed)
        if np.abs(step).max() < _FLAT:
            break
        slope, intercept, value, moved = _halve(statistics, slope, intercept, step, value, fixed)
        if not moved:
            break
    return slope, intercept


def _halve(
    statistics: Statistics, slope: Floats, intercept: Floats, step: Floats, value: Floats, fixed: Setup
) -> tuple[Floats, Floats, Floats, bool]:
    """Take the largest halved step that loses nothing, for each item (for all together with one slope)."""
    size = np.ones(slope.size)
    for _ in range(_HALVINGS):
        new_slope, new_intercept = slope + size * step[0], intercept + size * step[1]
        new_value = objective(statistics, new_slope, new_intercept, fixed)
        worse = ~(new_value >= value - 1e-12 * np.abs(value))
        if fixed.common_slope:
            worse[:] = not new_value.sum() >= value.sum() - 1e-12 * np.abs(value.sum())
        if not worse.any():
            return new_slope, new_intercept, new_value, True
        size = np.where(worse, size / 2, size)
    good = ~worse
    joined = np.where(good, new_slope, slope), np.where(good, new_intercept, intercept)
    return *joined, np.where(good, new_value, value), bool(good.any())


def objective(statistics: Statistics, slope: Floats, intercept: Floats, fixed: Setup) -> Floats:
    """Expected log-likelihood plus log prior of each item, (items,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logit = slope[:, np.newaxis] * statistics.theta + intercept[:, np.newaxis]
        log_right, log_wrong = _log_both(logit, fixed.c)
        wrong = statistics.answered - statistics.right
        value = (statistics.right * log_right + wrong * log_wrong).sum(axis=1)
        for residual in _prior_residuals(slope, intercept, fixed):
            value = value - 0.5 * residual**2
    return np.asarray(value, dtype=np.float64)


def _log_both(logit: Floats, c: Floats) -> tuple[Floats, Floats]:
    # irf writes the logit as a (theta - b); here "theta" is the logit itself, item by item.
    log_right, log_wrong = irf.logit_log_probabilities(logit.T, c)
    return log_right.T, log_wrong.T


def _prior_residuals(slope: Floats, intercept: Floats, fixed: Setup) -> list[Floats]:
    found = []
    if fixed.log_a_prior is not None:
        found.append((np.log(slope) - fixed.log_a_prior[0]) / fixed.log_a_prior[1])
    if fixed.b_prior is not None:
        found.append((-intercept / slope - fixed.b_prior[0]) / fixed.b_prior[1])
    return found


def derivatives(
    statistics: Statistics, slope: Floats, intercept: Floats, fixed: Setup
) -> tuple[Floats, Floats]:
    """Gradient (2, items) in (a, d) and expected information (3, items): aa, ad, dd."""
    logistic = expit(slope[:, np.newaxis] * statistics.theta + intercept[:, np.newaxis])
    c = fixed.c[:, np.newaxis]
    ratio = irf.guess_ratio(logistic, c)
    chance = c + (1 - c) * logistic
    score = (statistics.right - statistics.answered * chance) * ratio
    weight = statistics.answered * ratio * (1 - c) * logistic * (1 - logistic)
    theta = statistics.theta
    gradient = np.array([score @ theta, score.sum(axis=1)])
    curvature = np.array([weight @ theta**2, weight @ theta, weight.sum(axis=1)])
    return add_priors(gradient, curvature, slope, intercept, fixed)


def add_priors(
    gradient: Floats, curvature: Floats, slope: Floats, intercept: Floats, fixed: Setup
) -> tuple[Floats, Floats]:
    """Add the log priors' gradient and (Gauss-Newton) curvature, both in (a, d)."""
    if fixed.log_a_prior is not None:
        mean, sd = fixed.log_a_prior
        by_a = 1 / (slope * sd)
        gradient = gradient - np.array([by_a * (np.log(slope) - mean) / sd, 0 * slope])
        curvature = curvature + np.array([by_a**2, 0 * slope, 0 * slope])
    if fixed.b_prior is not None:
        mean, sd = fixed.b_prior
        residual = (-intercept / slope - mean) / sd
        by_a, by_d = intercept / (slope**2 * sd), -1 / (slope * sd)
        gradient = gradient - residual * np.array([by_a, by_d])
        curvature = curvature + np.array([by_a**2, by_a * by_d, by_d**2])
    return gradient, curvature


def _solve(gradient: Floats, curvature: Floats, fixed: Setup) -> Floats:
    """Newton step (2, items): 2 x 2 systems, or one bordered system where the slope is common."""
    free = ~fixed.fixed
    aa, ad, dd = curvature
    dd = np.maximum(dd, 1e-10)
    left, right = aa - ad**2 / dd, gradient[0] - ad / dd * gradient[1]
    if fixed.common_slope:
        left, right = np.full(aa.size, left[free].sum()), np.full(aa.size, right[free].sum())
    step_a = np.where(free, right / np.maximum(left, 1e-10), 0.0)
    step_d = np.where(free, (gradient[1] - ad * step_a) / dd, 0.0)
    # A start far off may ask for a leap; four units at a time keep the logistic function in sight.
    return np.clip(np.array([step_a, step_d]), -4.0, 4.0)
