"""Keep what a finished sitting says about a person's ability, in the finishing transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils import timezone

from assessments.proficiency.estimate_models import SittingEstimate
from assessments.proficiency.finished_sitting import is_measuring
from assessments.proficiency.person_skill import known_skills, update_person_skills
from assessments.proficiency.reach import counted_units
from assessments.sittings.api import EvidenceClass, Purpose, Sitting, band_of, from_hall
from lms.accounts.api import Person


def estimate_by_sitting(sitting: Sitting) -> None:
    """Listener. Help and talk are activity, not ability: only what was done alone, scored or in a hall, is kept."""
    if sitting.person_id is None or not sitting.estimates or not _tells_ability(sitting):
        return
    # Two sittings of one person that end at once must not both be the first.
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=sitting.person_id)
    skills = known_skills(sitting.estimates)
    earlier = list(
        SittingEstimate.objects.filter(person=sitting.person_id, skill__in=skills.values()).values_list(
            "sitting", "skill", "sitting__purpose"
        )
    )
    rows = estimate_rows(
        sitting, skills, _measured(sitting, skills, earlier), counted_units(sitting.unit_ids)
    )
    SittingEstimate.objects.bulk_create(rows)
    update_person_skills(
        sitting.person_id, sitting, {sitting.pk, *(pk for pk, _skill, _purpose in earlier)}, skills
    )


def _tells_ability(sitting: Sitting) -> bool:
    """A hall adds to what is known of a person, but measures nobody: docs/decisions/0018."""
    return is_measuring(sitting) or (from_hall(sitting) and sitting.evidence_class == EvidenceClass.ALONE)


def _measured(
    sitting: Sitting, skills: dict[str, int], earlier: Collection[tuple[int, int, str]]
) -> set[int]:
    """Skills in which this sitting cannot be the first: an evening in a hall neither is one nor takes its place."""
    if from_hall(sitting):
        return set(skills.values())
    return {skill for _pk, skill, purpose in earlier if purpose != Purpose.PRACTICE}


def estimate_rows(
    sitting: Sitting, skills: dict[str, int], measured: Collection[int], counted_unit_ids: Sequence[int]
) -> list[SittingEstimate]:
    """Not yet written; ``measured`` are the skills in which the person was measured before."""
    return [
        SittingEstimate(
            sitting=sitting,
            skill_id=skills[code],
            person_id=sitting.person_id,
            theta=part["theta"],
            se=part["se"],
            p_basic=part["p_basic"],
            p_proficient=part["p_proficient"],
            band=band_of(part["p_basic"], part["p_proficient"]),
            items=part["n"],
            provisional=part["provisional"],
            calibration_id=sitting.calibrations[code],
            first=skills[code] not in measured,
            supervised=sitting.supervised,
            reference=sitting.purpose == Purpose.REFERENCE and sitting.supervised,
            evidence_class=sitting.evidence_class,
            effort=part["effort"],
            critical_errors=part["critical"],
            audience=sitting.audience,
            unit_ids=sitting.unit_ids,
            counted_unit_ids=list(counted_unit_ids),
            at=sitting.finished_at or timezone.now(),
        )
        for code, part in sitting.estimates.items()
        if code in skills
    ]
