"""Words of courses and lessons for search: folded, so that "dinh danh" finds "định danh"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags

from lms.vietnamese import folded

if TYPE_CHECKING:
    from courses.models import CoursePage, LessonPage

_SPOKEN_TWICE = {"audio_script"}


def folded_course(course: CoursePage) -> str:
    return folded(f"{course.title} {course.summary} {course.outcomes}")


def folded_lesson(lesson: LessonPage) -> str:
    words = [lesson.title, lesson.goal, lesson.why_it_matters]
    for screen in lesson.screens.raw_data:
        words += _words(screen["value"])
    return folded(" ".join(words))


def fact_codes(lesson: LessonPage) -> set[str]:
    """Every fact that a screen of the lesson rests on."""
    return {code for screen in lesson.screens.raw_data for code in plain_list(screen["value"].get("facts"))}


def plain_list(raw: Any) -> list[Any]:
    """The values of a stored list block."""
    return [child["value"] if isinstance(child, dict) and "value" in child else child for child in raw or []]


def _words(value: Any) -> list[str]:
    """Every text inside a stored block; ids and codes are not texts of a learner."""
    if isinstance(value, str):
        return [strip_tags(value)]
    if isinstance(value, list):
        return [word for child in plain_list(value) for word in _words(child)]
    if isinstance(value, dict):
        kept = (
            one
            for key, one in value.items()
            if key not in _SPOKEN_TWICE | {"facts", "items", "activity", "id", "type"}
        )
        return [word for one in kept for word in _words(one)]
    return []
