"""Whether an item is harder for one group of equally able people than for another."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.special import expit, log_expit

from . import checks
from .checks import Booleans, Floats
from .errors import InvalidInputError

_ROUNDS = 10
_RIDGE_LIMIT = 15.0


class MantelHaenszel(NamedTuple):
    """One item: common odds ratio (above 1 favours the reference), its delta, chi-square, p, class."""

    alpha: float
    delta: float
    se: float
    chi_square: float
    p: float
    grade: str


class LogisticDif(NamedTuple):
    """One item: tests of uniform and non-uniform difference, R2 gained by both, class."""

    p_uniform: float
    p_nonuniform: float
    r2_gain: float
    grade: str


def mantel_haenszel(responses: ArrayLike, focal: ArrayLike, purify: bool = True) -> list[MantelHaenszel]:
    """Mantel-Haenszel comparison of every item between a reference and a focal group.

    responses: (people, items) of 0/1/NaN; focal: (people,) 1 for the focal group, 0 for the reference.
    People are matched by the share of right answers among the items they answered, the studied item
    included; with `purify`, items of class B or C are left out of the matching score, round by round.
    Chi-square with continuity correction; delta = -2.35 ln(alpha); class A, B or C after ETS. An item
    whose strata hold no comparison has NaN figures and class "?". Raises InvalidInputError: shapes,
    fewer than two items, a group without people.
    Source: Mantel and Haenszel (1959); Holland and Thayer (1988); Zieky (1993); Robins, Breslow and
    Greenland (1986) for the error.
    """
    matrix, group = _two_groups(responses, focal)
    matching = np.ones(matrix.shape[1], dtype=np.bool_)
    found = _all_items(matrix, group, matching)
    for _ in range(_ROUNDS if purify else 0):
        clean = np.array([item.grade in "A?" for item in found])
        if clean.sum() < 2 or (clean == matching).all():
            break
        matching = clean
        found = _all_items(matrix, group, matching)
    return found


def _two_groups(responses: ArrayLike, focal: ArrayLike) -> tuple[Floats, Booleans]:
    matrix = checks.responses(responses)
    labels = checks.labels(focal, matrix.shape[0], "focal")
    if not np.isin(labels, (0, 1)).all():
        raise InvalidInputError("focal must hold 0 and 1 only.")
    if matrix.shape[1] < 2:
        raise InvalidInputError("A comparison needs at least two items to match people by.")
    if labels.sum() in (0, labels.size):
        raise InvalidInputError("Both groups need people.")
    return matrix, labels == 1


def _all_items(matrix: Floats, focal: Booleans, matching: Booleans) -> list[MantelHaenszel]:
    return [_one_item(matrix, focal, matching, item) for item in range(matrix.shape[1])]


def _one_item(matrix: Floats, focal: Booleans, matching: Booleans, item: int) -> MantelHaenszel:
    answered = ~np.isnan(matrix[:, item])
    strata = _strata(matrix, matching, item)[answered]
    right, group = matrix[answered, item] == 1, focal[answered]
    size = int(strata.max()) + 1 if strata.size else 0

    def count(where: Booleans) -> Floats:
        return np.bincount(strata[where], minlength=size).astype(np.float64)

    return _summary(
        count(~group & right), count(~group & ~right), count(group & right), count(group & ~right)
    )


def _strata(matrix: Floats, matching: Booleans, item: int) -> checks.Integers:
    """Score groups on the matching items and the studied one; with gaps, scaled to the full length."""
    used = matching.copy()
    used[item] = True
    part = matrix[:, used]
    answered = np.maximum((~np.isnan(part)).sum(axis=1), 1)
    return np.rint(np.nansum(part, axis=1) / answered * used.sum()).astype(np.int64)


def _summary(ref_right: Floats, ref_wrong: Floats, foc_right: Floats, foc_wrong: Floats) -> MantelHaenszel:
    total = ref_right + ref_wrong + foc_right + foc_wrong
    keep = (ref_right + ref_wrong > 0) & (foc_right + foc_wrong > 0) & (total > 1)
    r1, r0, f1, f0, n = (cell[keep] for cell in (ref_right, ref_wrong, foc_right, foc_wrong, total))
    up, down = (r1 * f0 / n).sum(), (r0 * f1 / n).sum()
    variance = ((r1 + r0) * (f1 + f0) * (r1 + f1) * (r0 + f0) / (n**2 * (n - 1))).sum()
    if up <= 0 or down <= 0 or variance <= 0:
        return MantelHaenszel(*(float("nan"),) * 5, "?")
    excess = abs((r1 - (r1 + r0) * (r1 + f1) / n).sum())
    chi_square = max(excess - 0.5, 0.0) ** 2 / variance
    alpha = up / down
    same, other = (r1 + f0) / n, (r0 + f1) / n
    spread = (same * r1 * f0 / n).sum() / (2 * up**2) + (other * r0 * f1 / n).sum() / (2 * down**2)
    spread += (same * r0 * f1 / n + other * r1 * f0 / n).sum() / (2 * up * down)
    delta, se, p = -2.35 * np.log(alpha), 2.35 * np.sqrt(spread), float(stats.chi2.sf(chi_square, 1))
    return MantelHaenszel(
        float(alpha), float(delta), float(se), float(chi_square), p, ets_class(delta, se, p)
    )


def ets_class(delta: float, se: float, p: float) -> str:
    """ETS class of an item: A negligible, B moderate, C large.

    delta, se: in delta units; p: of the Mantel-Haenszel chi-square. C: |delta| at least 1.5 and beyond 1.0
    by 1.645 errors; A: |delta| below 1 or p at least 0.05; else B. Raises InvalidInputError when a figure is
    not finite. Source: Zieky (1993).
    """
    size, error = abs(checks.finite_number(delta, "delta")), checks.finite_number(se, "se")
    if size < 1.0 or checks.finite_number(p, "p") >= 0.05:
        return "A"
    return "C" if size >= 1.5 and size - 1.645 * error > 1.0 else "B"


def logistic_dif(
    responses: ArrayLike, focal: ArrayLike, matching: ArrayLike | None = None
) -> list[LogisticDif]:
    """Logistic regression of every item on ability, group and their product.

    responses: (people, items) of 0/1/NaN; focal: (people,) 0/1; matching: (people,) ability to match by,
    the share of right answers if left out. Classes by the R2 gained (Nagelkerke): below 0.035 A, below
    0.070 B, else C, A as well where the joint test has p at least 0.05. An item that cannot be regressed
    (constant, separable, or answered by one group only) has NaN figures and class "?". Raises
    InvalidInputError as `mantel_haenszel`.
    Source: Swaminathan and Rogers (1990); Jodoin and Gierl (2001).
    """
    matrix, group = _two_groups(responses, focal)
    level = _share_right(matrix) if matching is None else checks.vector(matching, "matching", matrix.shape[0])
    return [_one_regression(matrix[:, item], group, level) for item in range(matrix.shape[1])]


def _share_right(matrix: Floats) -> Floats:
    answered = np.maximum((~np.isnan(matrix)).sum(axis=1), 1)
    return np.asarray(np.nansum(matrix, axis=1) / answered, dtype=np.float64)


def _one_regression(answers: Floats, focal: Booleans, level: Floats) -> LogisticDif:
    unknown = LogisticDif(*(float("nan"),) * 3, "?")
    seen = ~np.isnan(answers)
    y, group, x = answers[seen], focal[seen].astype(np.float64), level[seen]
    if y.size < 10 or y.std() == 0 or group.std() == 0 or x.std() == 0:
        return unknown
    x = (x - x.mean()) / x.std()
    columns = np.stack([np.ones_like(x), x, group, group * x], axis=1)
    fits = [_logistic_fit(columns[:, :width], y) for width in (2, 3, 4)]
    if not np.isfinite(fits).all():
        return unknown
    p_uniform = float(stats.chi2.sf(2 * (fits[1] - fits[0]), 1))
    p_nonuniform = float(stats.chi2.sf(2 * (fits[2] - fits[1]), 1))
    joint = float(stats.chi2.sf(2 * (fits[2] - fits[0]), 2))
    gain = _nagelkerke(fits[2], y) - _nagelkerke(fits[0], y)
    grade = "A" if joint >= 0.05 or gain < 0.035 else "B" if gain < 0.070 else "C"
    return LogisticDif(p_uniform, p_nonuniform, float(gain), grade)


def _logistic_fit(columns: Floats, y: Floats) -> float:
    """Largest log-likelihood, or NaN where it runs away (separable data)."""
    weights = np.zeros(columns.shape[1])
    for _ in range(50):
        chance = expit(columns @ weights)
        curvature = (columns * (chance * (1 - chance))[:, np.newaxis]).T @ columns
        try:
            step = np.linalg.solve(curvature, columns.T @ (y - chance))
        except np.linalg.LinAlgError:
            return float("nan")
        weights = weights + step
        if np.abs(weights).max() > _RIDGE_LIMIT:
            return float("nan")
        if np.abs(step).max() < 1e-8:
            logit = columns @ weights
            return float((y * log_expit(logit) + (1 - y) * log_expit(-logit)).sum())
    return float("nan")


def _nagelkerke(fit: float, y: Floats) -> float:
    share = y.mean()
    empty = y.size * (share * np.log(share) + (1 - share) * np.log(1 - share))
    return float((1 - np.exp(2 * (empty - fit) / y.size)) / (1 - np.exp(2 * empty / y.size)))
