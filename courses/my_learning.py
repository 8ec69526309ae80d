"""/toi/: what a person learned, was measured at and holds. Composed here, because this is the top room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from assessments.certificates.api import certificates_of, who_checked
from assessments.items.api import Skill
from assessments.proficiency.api import PersonSkill, skills_of_person
from assessments.sittings.api import Level, Purpose, Sitting, level_of, results_of
from courses.find_courses import lessons_by_course
from courses.models import CoursePage, Enrolment
from courses.progress import states_of
from courses.serve_course import LessonRow, lesson_rows
from lms.accounts.api import Person

_RESULTS_SHOWN = 10


@dataclass(frozen=True)
class CourseLine:
    """A course of the person: how far, and where to go on."""

    course: CoursePage
    done: int
    total: int
    here: LessonRow | None


@dataclass(frozen=True)
class SkillLine:
    """``look`` names the terrace: 0 not measured, 1 measured, 2 basic, 3 proficient; the level where one is known."""

    skill: Skill
    words: str | Promise
    look: int
    level: Level | None = None


@never_cache
@login_required
@require_GET
def my_learning(request: HttpRequest) -> HttpResponse:
    """The signed-in person about themselves only."""
    assert isinstance(request.user, Person)  # noqa: S101 - narrows the type; login_required has checked it
    lines = _courses(request, request.user)
    results = list(results_of(request.user))
    context = {
        "lines": lines,
        "next": next((line for line in lines if line.here), None),
        "skills": _skills(results, skills_of_person(request.user)),
        "results": results[:_RESULTS_SHOWN],
        "certificates": certificates_of(request.user),
        "checked": who_checked(request.user),
    }
    return render(request, "courses/my_learning.html", context)


@login_required
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Consent, the file with everything and erasure stand with the account."""
    return redirect("accounts:my_data")


def _courses(request: HttpRequest, person: Person) -> list[CourseLine]:
    """The course that was touched last comes first; four queries for any number of courses."""
    enrolments = Enrolment.objects.filter(person=person).select_related("course__skill", "course__locale")
    courses = [enrolment.course for enrolment in enrolments if enrolment.course.live]
    lessons = lessons_by_course(courses)
    states = states_of(request, [lesson for some in lessons.values() for lesson in some])
    lines = []
    for course in courses:
        course.lessons = lessons[course.pk]
        rows = lesson_rows(course, states)
        done = sum(row.state.done for row in rows)
        lines.append(CourseLine(course, done, len(rows), next((row for row in rows if row.here), None)))
    return lines


def _skills(results: Sequence[Sitting], known: Mapping[str, PersonSkill]) -> list[SkillLine]:
    """Only scored sittings measure; what was never measured is not called weak."""
    scored = [sitting for sitting in results if sitting.purpose == Purpose.SCORED]
    measured = {code for sitting in scored for code in sitting.by_skill}
    passed = {code for sitting in scored if sitting.passed for code in sitting.by_skill}
    lines = []
    for skill in Skill.objects.filter(essential=True):
        if skill.code in known:
            lines.append(_measured(skill, known[skill.code]))
        elif skill.code in passed:
            lines.append(SkillLine(skill, _("Passed"), 2))
        elif skill.code in measured:
            lines.append(SkillLine(skill, _("Not passed yet, practise and try again"), 1))
        else:
            lines.append(SkillLine(skill, _("Not measured yet"), 0))
    return lines


def _measured(skill: Skill, known: PersonSkill) -> SkillLine:
    """All of a person's sittings together."""
    level = level_of(known.p_basic, known.p_proficient, known.items, known.provisional)
    return SkillLine(skill, level.words, 1 + level.look, level)
