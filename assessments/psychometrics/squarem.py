"""SQUAREM: extrapolates the steps of a slow fixed-point iteration, never losing likelihood."""

from collections.abc import Callable

import numpy as np

from .checks import Floats
from .errors import NotIdentifiedError

Step = Callable[[Floats], tuple[Floats, float]]
_SLACK = 1e-7


def accelerate(step: Step, start: Floats, tol: float, max_steps: int) -> tuple[Floats, float, int, bool]:
    """Iterate until a plain step changes nothing by more than tol.

    step: from parameters (n,) to (next parameters, objective at the given ones). Returns the last
    parameters, the objective just before them, the number of steps, and whether tol was reached within
    max_steps. Raises whatever `step` raises at a plain iterate; an extrapolation that fails or loses is
    dropped. Source: Varadhan and Roland (2008), scheme S3.
    """
    here, value, steps = start, -np.inf, 0
    known: tuple[Floats, float] | None = None
    while steps < max_steps:
        first, value = known or step(here)
        steps += known is None
        if _change(first, here) <= tol:
            return first, value, steps, True
        second, value = step(first)
        steps += 1
        if _change(second, first) <= tol:
            return second, value, steps, True
        leap = _extrapolate(here, first, second)
        known = _try(step, leap, value)
        steps += 1
        here = second if known is None else leap
    return here, value, steps, False


def _change(new: Floats, old: Floats) -> float:
    return float(np.abs(new - old).max())


def _extrapolate(start: Floats, first: Floats, second: Floats) -> Floats:
    along = first - start
    bend = second - first - along
    length = -float(np.linalg.norm(along)) / max(float(np.linalg.norm(bend)), 1e-300)
    length = min(-1.0, max(length, -64.0))
    return np.asarray(start - 2 * length * along + length**2 * bend, dtype=np.float64)


def _try(step: Step, leap: Floats, value: float) -> tuple[Floats, float] | None:
    """The step from an extrapolated place, if that place is allowed and not worse than before."""
    try:
        found = step(leap)
    except NotIdentifiedError:
        return None
    good = np.isfinite(found[1]) and found[1] >= value - _SLACK and np.isfinite(found[0]).all()
    return found if good else None
