"""What a finished sitting says about a person, skill by skill."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from assessments.items.api import Skill
from assessments.proficiency.models import Milestone
from assessments.proficiency.reach import Place, count, counted_units, record
from assessments.sittings.api import EvidenceClass, Purpose, Sitting, skills_passed

# Code of a skill and what was reached in it.
Fact = tuple[str, Milestone]
_MEASURING = {Purpose.SCORED, Purpose.REFERENCE}


def reach_by_sitting(sitting: Sitting) -> None:
    """Listener; stands in the finishing transaction. Units and audience are those of the start of the sitting."""
    if sitting.person_id is None or sitting.finished_at is None or not sitting.by_skill:
        return
    skills = dict(Skill.objects.filter(code__in=sitting.by_skill).values_list("code", "pk"))
    counted = counted_units(sitting.unit_ids)
    place = Place(sitting.audience, sitting.unit_ids, counted, sitting.pk, sitting.finished_at)
    always, first = _milestones(sitting)
    new = record(sitting.person_id, _known(skills, always), place)
    measured = {row.skill_id for row in new if row.milestone == Milestone.MEASURED}
    passed_first = [key for key in _known(skills, first) if key[0] in measured]
    if passed_first:
        new += record(sitting.person_id, passed_first, place)
    count(new)


def milestones_of(sitting: Sitting, reached: Collection[Fact]) -> list[Fact]:
    """What this sitting adds for a person who has reached these milestones before."""
    always, first = _milestones(sitting)
    new = [fact for fact in always if fact not in reached]
    return new + [fact for fact in first if (fact[0], Milestone.MEASURED) in new]


def _milestones(sitting: Sitting) -> tuple[list[Fact], list[Fact]]:
    """What the sitting proves, and what it proves only as the first measuring one of a skill."""
    passed = passed_skills(sitting)
    always = [(code, Milestone.TOOK_PART) for code in sitting.by_skill]
    if is_measuring(sitting):
        always += [(code, Milestone.MEASURED) for code in sitting.by_skill]
        always += [(code, Milestone.PASSED) for code in passed]
    return always, [(code, Milestone.PASSED_FIRST) for code in passed]


def _known(skills: Mapping[str, int], facts: Iterable[Fact]) -> list[tuple[int, Milestone]]:
    return [(skills[code], milestone) for code, milestone in facts if code in skills]


def is_measuring(sitting: Sitting) -> bool:
    """Alone and silent, in a sitting that is scored: help and talk are activity, not ability."""
    return sitting.purpose in _MEASURING and sitting.evidence_class == EvidenceClass.ALONE


def passed_skills(sitting: Sitting) -> list[str]:
    """Each skill by its own items: one overall result is never reported as several."""
    if not is_measuring(sitting):
        return []
    return skills_passed(sitting.frozen, sitting.by_skill, sitting.estimates)
