"""Where the bands start on the scale of each skill: one pair of cuts for all figures of a run."""

from __future__ import annotations

from assessments.items.api import Skill
from assessments.proficiency.estimate_models import Band
from assessments.sittings.api import Blueprint, Purpose, cuts_of

Cuts = dict[str, float]


def cuts_by_skill() -> dict[str, Cuts]:
    """Those of the first scored assessment that sets cuts and asks for the skill, else the usual ones."""
    usual = dict(zip((Band.BASIC.value, Band.PROFICIENT.value), cuts_of({}), strict=True))
    found: dict[str, Cuts] = {code: dict(usual) for code in Skill.objects.values_list("code", flat=True)}
    blueprints = Blueprint.objects.filter(
        purpose=Purpose.SCORED, cut_basic__isnull=False, cut_proficient__isnull=False
    )
    for blueprint in blueprints.order_by("-position", "-slug"):
        for part in blueprint.parts:
            if part["skill"] in found:
                found[part["skill"]] = {
                    Band.BASIC.value: float(blueprint.cut_basic or 0.0),
                    Band.PROFICIENT.value: float(blueprint.cut_proficient or 0.0),
                }
    return found
