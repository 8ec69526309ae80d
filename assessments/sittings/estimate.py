"""What a finished sitting says about ability, skill by skill, on the scale that was frozen at its start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from assessments.psychometrics import integrity, quadrature, score
from assessments.sittings.calibration.in_force import Floats, Parameter, arrays
from assessments.sittings.counted_answer import Counted
from assessments.sittings.selecting.cuts import cuts_of
from assessments.sittings.selecting.pieces import pieces_of

PASS_PROBABILITY = 0.80
# One slip may be a slip of the finger; from two dangerous acts on, nobody passes.
CRITICAL_LIMIT = 2
# Fewer answers say too little for a level.
LEAST_ANSWERS = 5
# Nobody reads a question in less; a common threshold after Wise and Kong (2005).
_RAPID_SECONDS = 3.0


def estimates_of(
    counted: Sequence[Counted], calibrations: Mapping[str, int], frozen: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """By skill. A skill without a calibration is left out."""
    parameters: dict[int, Parameter] = {}
    for skill, calibration in calibrations.items():
        parameters |= parameters_by_item(calibration, {one.item for one in counted if one.skill == skill})
    by_skill: dict[str, list[Counted]] = defaultdict(list)
    for one in counted:
        if one.skill in calibrations and one.item in parameters:
            by_skill[one.skill].append(one)
    cuts = cuts_of(frozen)
    return {skill: estimate(answers, parameters, cuts) for skill, answers in by_skill.items()}


def parameters_by_item(calibration: int, items: Collection[int]) -> dict[int, Parameter]:
    known = pieces_of(calibration, items)
    return {item: known[item].parameter for item in items if item in known}


def estimate(
    answers: Sequence[Counted], parameters: Mapping[int, Parameter], cuts: tuple[float, float]
) -> dict[str, Any]:
    """Of one skill. Pure: the same answers and parameters give the same to the bit."""
    theta = skill_grid()
    answered = [one for one in answers if one.correct is not None]
    return {
        **ability([likelihood(answers, parameters, theta)], theta, cuts),
        "n": len(answered),
        "effort": _effort(answers),
        "provisional": any(parameters[one.item].expert for one in answered),
        "critical": sum(one.critical > 0 for one in answers),
        "complete": len(answered) == len(answers),
    }


def skill_grid() -> Floats:
    """Abilities over which posteriors are summed; the same for every sitting, so that likelihoods multiply."""
    theta, _prior = score.prior_grid(0.0, 1.0)
    return theta


def likelihood(answers: Sequence[Counted], parameters: Mapping[int, Parameter], theta: Floats) -> Floats:
    """Log-likelihood on the grid, (1, points), items in one order; what was not answered says nothing."""
    known = sorted((one for one in answers if one.correct is not None), key=lambda one: one.item)
    if not known:
        return np.zeros((1, theta.size))
    a, b, c = arrays(parameters, [one.item for one in known])
    return score.log_likelihood([[float(bool(one.correct)) for one in known]], a, b, theta, c)


def ability(likelihoods: Sequence[Floats], theta: Floats, cuts: tuple[float, float]) -> dict[str, float]:
    """Expected ability, its error and the probabilities of the levels; sittings combine by their likelihoods."""
    known = score.combine(np.stack(likelihoods), theta)
    mean, error = quadrature.moments(known.density, known.theta)
    basic, proficient = (float(score.probability_above(known, cut)[0]) for cut in cuts)
    return {"theta": float(mean[0]), "se": float(error[0]), "p_basic": basic, "p_proficient": proficient}


def band_of(p_basic: float, p_proficient: float) -> str:
    """The highest level that is more likely reached than not."""
    if p_proficient >= 0.5:
        return "proficient"
    return "basic" if p_basic >= 0.5 else "none"


def passes(part: Mapping[str, Any]) -> bool:
    """At the basic level with 80 % certainty, every question answered, fewer than two dangerous acts."""
    return part["p_basic"] >= PASS_PROBABILITY and part["complete"] and part["critical"] < CRITICAL_LIMIT


def skills_passed(
    frozen: Mapping[str, Any],
    by_skill: Mapping[str, Mapping[str, float]],
    estimates: Mapping[str, Mapping[str, Any]],
) -> list[str]:
    """Each skill by its own items. Without cuts, or without a calibration, the share of points decides."""
    return [skill for skill, part in by_skill.items() if _passes_skill(part, estimates.get(skill), frozen)]


def _passes_skill(
    part: Mapping[str, float], known: Mapping[str, Any] | None, frozen: Mapping[str, Any]
) -> bool:
    if known is not None and frozen.get("cut_basic") is not None:
        return passes(known)
    share = float(frozen.get("pass_share", 1))
    return bool(part["max"]) and enough(part["points"], part["max"], share)


def enough(points: float, most: float, share: float) -> bool:
    """Points are rounded to six places; a share that equals the cut must pass."""
    return points >= share * most - 1e-6


def _effort(answers: Iterable[Counted]) -> float | None:
    """Share of the answers that were not rapid guesses; None without times."""
    seconds = [one.seconds for one in answers if one.seconds is not None]
    if not seconds:
        return None
    return float(integrity.effort([[max(one, 0.0) for one in seconds]], [_RAPID_SECONDS] * len(seconds))[0])
