"""What the rows of this room prove, for the recount of figures; and how simulated people learn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils import timezone

from assessments.proficiency.api import Learning, Milestone, register_learning, register_raw_source
from courses.models import CoursePage, Enrolment


def proven() -> Iterable[tuple[int, str, str]]:
    """Person, skill, milestone: enrolled means took part, a completed course means finished."""
    rows = Enrolment.objects.filter(person__isnull=False)
    for person, skill, completed in rows.values_list("person_id", "course__skill__code", "completed_at"):
        yield person, skill, Milestone.TOOK_PART.value
        if completed is not None:
            yield person, skill, Milestone.FINISHED.value


def learn(planned: Sequence[Learning]) -> list[Learning]:
    """Enrolments in bulk, in the first course of each skill; skills without a course are not learned."""
    courses = CoursePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).order_by("-path")
    course_of = dict(courses.values_list("skill__code", "pk"))
    learned = [one for one in planned if one.skill_code in course_of]
    now = timezone.now()
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                person_id=one.person_id,
                course_id=course_of[one.skill_code],
                started_at=now,
                completed_at=now if one.finished else None,
            )
            for one in learned
        ],
        ignore_conflicts=True,
    )
    return learned


def listen() -> None:
    register_raw_source(proven)
    register_learning(learn)
