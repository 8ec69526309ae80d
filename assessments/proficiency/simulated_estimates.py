"""Estimates of simulated sittings and people, by the functions that serve real ones, written in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from django.utils import timezone

from assessments.proficiency.estimate_models import PersonSkill, SittingEstimate
from assessments.proficiency.person_estimates import estimate_rows
from assessments.proficiency.simulated_sittings import Planned, SkillTest
from assessments.sittings.api import ability, band_of, cuts_of, likelihood, skill_grid

_BATCH = 500


def save_estimates(
    planned: Sequence[Planned],
    tests: Mapping[str, SkillTest],
    skills: Mapping[str, int],
    above: Mapping[tuple[int, ...], Sequence[int]],
) -> None:
    """``planned`` in order of time; ``above``: units of a person to all units in which the person counts."""
    measured: dict[int, set[int]] = defaultdict(set)
    by_person: dict[tuple[int, str], list[Planned]] = defaultdict(list)
    rows: list[SittingEstimate] = []
    for plan in planned:
        sitting = plan.sitting
        person = sitting.person_id or 0
        counted = above[tuple(sitting.unit_ids)]
        rows += estimate_rows(sitting, dict(skills), measured[person], counted)
        measured[person].update(skills[code] for code in sitting.estimates)
        for code in sitting.estimates:
            by_person[person, code].append(plan)
    SittingEstimate.objects.bulk_create(rows, batch_size=_BATCH)
    PersonSkill.objects.bulk_create(
        [_state(person, tests[code], skills[code], plans) for (person, code), plans in by_person.items()],
        batch_size=_BATCH,
    )


def _state(person: int, test: SkillTest, skill: int, plans: Sequence[Planned]) -> PersonSkill:
    """All sittings together, by their likelihoods."""
    last = plans[-1].sitting
    known = last.estimates[test.skill]
    if len(plans) > 1:
        theta = skill_grid()
        readings: list[np.ndarray] = [likelihood(plan.counted, test.parameters, theta) for plan in plans]
        known = ability(readings, theta, cuts_of(last.frozen))
    return PersonSkill(
        person_id=person,
        skill_id=skill,
        theta=known["theta"],
        se=known["se"],
        p_basic=known["p_basic"],
        p_proficient=known["p_proficient"],
        band=band_of(known["p_basic"], known["p_proficient"]),
        items=sum(len(plan.counted) for plan in plans),
        provisional=any(plan.sitting.estimates[test.skill]["provisional"] for plan in plans),
        calibration_id=test.calibration,
        sittings=len(plans),
        updated_at=last.finished_at or timezone.now(),
    )
