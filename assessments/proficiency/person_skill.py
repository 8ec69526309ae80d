"""Where a person stands in a skill: the likelihoods of all their measuring sittings, multiplied."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assessments.items.api import Skill
from assessments.proficiency.estimate_models import PersonSkill
from assessments.sittings.api import (
    Counted,
    Parameter,
    Sitting,
    ability,
    band_of,
    counted_by_sitting,
    cuts_of,
    likelihood,
    parameters_by_item,
    skill_grid,
)
from lms.accounts.api import Person


def update_person_skills(
    person_id: int, sitting: Sitting, measuring: Collection[int], skills: dict[str, int]
) -> None:
    """After a measuring sitting. ``measuring`` are all of the person's, this one included.

    Each sitting is read with the calibration and the answers of its time, so that the order of work and later
    calibrations change nothing.
    """
    calibrations = dict(Sitting.objects.filter(pk__in=measuring).values_list("pk", "calibrations"))
    answers = counted_by_sitting(measuring)
    for code, skill in sorted(skills.items()):
        readings = [
            _read([one for one in answers.get(pk, ()) if one.skill == code], calibrations[pk][code])
            for pk in sorted(calibrations)
            if code in calibrations[pk]
        ]
        PersonSkill.objects.update_or_create(
            person_id=person_id,
            skill_id=skill,
            defaults={
                **_combined(readings, cuts_of(sitting.frozen)),
                "calibration_id": sitting.calibrations[code],
            },
        )


@dataclass(frozen=True)
class _Reading:
    """The answers of one sitting in one skill, with the parameters of their time."""

    answers: list[Counted]
    parameters: Mapping[int, Parameter]


def _read(answers: Sequence[Counted], calibration: int) -> _Reading:
    known = parameters_by_item(calibration, {one.item for one in answers})
    return _Reading([one for one in answers if one.correct is not None and one.item in known], known)


def _combined(readings: Sequence[_Reading], cuts: tuple[float, float]) -> dict[str, Any]:
    theta = skill_grid()
    found = ability([likelihood(one.answers, one.parameters, theta) for one in readings], theta, cuts)
    return {
        **found,
        "band": band_of(found["p_basic"], found["p_proficient"]),
        "items": sum(len(one.answers) for one in readings),
        "sittings": len(readings),
        "provisional": any(one.parameters[answer.item].expert for one in readings for answer in one.answers),
        "updated_at": timezone.now(),
    }


def skills_of_person(person: Person) -> dict[str, PersonSkill]:
    """By code of the skill; one query."""
    rows = PersonSkill.objects.filter(person=person).select_related("skill")
    return {row.skill.code: row for row in rows}


def known_skills(codes: Collection[str]) -> dict[str, int]:
    return dict(Skill.objects.filter(code__in=codes).values_list("code", "pk"))
