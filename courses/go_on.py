"""Somebody leaves a step of a lesson for the next one; leaving the last step finishes the lesson."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.proficiency.api import Milestone, reach
from courses.models import CoursePage, Enrolment, LessonPage, LessonProgress
from courses.progress import SESSION_KEY, LessonState, session_states
from lms.accounts.api import Person

# A session is small; nobody walks through more lessons than this before signing up.
_MOST_LESSONS = 100


@transaction.atomic
def go_on(person: Person, lesson: LessonPage, state: LessonState) -> None:
    """Idempotent; never leads back."""
    course = lesson.course
    _enrol(person, course)
    progress, new = LessonProgress.objects.select_for_update().get_or_create(
        person=person, lesson=lesson, defaults={"screen": max(state.screen, 1)}
    )
    if not new and state.screen > progress.screen:
        progress.screen = state.screen
    just_done = state.done and progress.completed_at is None
    if just_done:
        progress.completed_at = timezone.now()
    progress.save()
    if just_done:
        _finish_course(person, course)


def go_on_without_account(session: MutableMapping[str, Any], lesson: LessonPage, state: LessonState) -> None:
    """The same in the session of a visitor; ``claim`` hands it over at sign-up."""
    known = session_states(session)
    before = known.get(lesson.pk, LessonState())
    if before == LessonState() and len(known) >= _MOST_LESSONS:
        return
    screen, done = max(before.screen, state.screen), before.done or state.done
    session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), str(lesson.pk): [screen, done]}


def _enrol(person: Person, course: CoursePage) -> None:
    _enrolment, new = Enrolment.objects.get_or_create(person=person, course=course)
    if new:
        reach(person, course.skill.code, Milestone.TOOK_PART)


def _finish_course(person: Person, course: CoursePage) -> None:
    """The course is finished when no published lesson is left."""
    finished = LessonProgress.objects.filter(person=person, completed_at__isnull=False).values("lesson_id")
    if LessonPage.objects.child_of(course).live().exclude(pk__in=finished).exists():
        return
    open_enrolment = Enrolment.objects.filter(person=person, course=course, completed_at__isnull=True)
    if open_enrolment.update(completed_at=timezone.now()):
        reach(person, course.skill.code, Milestone.FINISHED)
