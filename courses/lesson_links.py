"""Which lesson helps with an outcome: the first whose practice asks an item of it."""

from __future__ import annotations

from collections.abc import Collection

from django.core.cache import cache
from django.utils.translation import get_language

from assessments.items.api import Item
from assessments.sittings.api import LessonLink, register_lesson_reader
from courses.models import CoursePage, LessonPage

_SECONDS = 600


def lessons_of_outcomes(outcomes: Collection[str]) -> dict[str, LessonLink]:
    """In the language of the reader. Read from all lessons at most every ten minutes."""
    language = get_language()
    key = f"courses:lessons-of-outcomes:{language}"
    found: dict[str, LessonLink] | None = cache.get(key)
    if found is None:
        found = _read(language)
        cache.set(key, found, _SECONDS)
    return {outcome: found[outcome] for outcome in outcomes if outcome in found}


def _read(language: str | None) -> dict[str, LessonLink]:
    outcome_of = dict(Item.objects.values_list("code", "outcome__code"))
    courses = {course.path: course for course in CoursePage.objects.live()}
    found: dict[str, LessonLink] = {}
    for lesson in LessonPage.objects.live().filter(locale__language_code=language).order_by("path"):
        course = courses.get(lesson.path[: -LessonPage.steplen])
        if course is None:
            continue
        for code in _practised(lesson):
            if code in outcome_of:
                found.setdefault(outcome_of[code], LessonLink(lesson.title, course.lesson_address(lesson)))
    return found


def _practised(lesson: LessonPage) -> list[str]:
    return [code for screen in lesson.screens for code in screen.value.get("items") or ()]


def listen() -> None:
    register_lesson_reader(lessons_of_outcomes)
