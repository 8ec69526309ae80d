"""Courses of a catalogue by audience, skill and words. A province has tens of courses: one query reads them all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from courses.models.teaching import CoursePage, LessonPage
from lms.vietnamese import folded

if TYPE_CHECKING:
    from courses.models import CataloguePage

LONGEST_QUERY = 100


@dataclass(frozen=True)
class Wish:
    words: str = ""
    audience: str = ""
    skill: str = ""


def find_courses(catalogue: CataloguePage, wish: Wish) -> list[CoursePage]:
    courses = CoursePage.objects.child_of(catalogue).live().select_related("skill", "locale").order_by("path")
    if wish.skill:
        courses = courses.filter(skill__code=wish.skill)
    if wish.words:
        courses = courses.filter(_says(wish.words, catalogue))
    return [course for course in courses if not wish.audience or wish.audience in course.audiences]


def taught_skills(catalogue: CataloguePage) -> QuerySet[CoursePage, int]:
    return CoursePage.objects.child_of(catalogue).live().values_list("skill_id", flat=True)


def lessons_by_course(courses: list[CoursePage]) -> dict[int, list[LessonPage]]:
    """One query for all courses; a lesson knows its course by its place in the tree."""
    found: dict[int, list[LessonPage]] = {course.pk: [] for course in courses}
    owners = {course.path: course.pk for course in courses}
    if not courses:
        return found
    below = Q(path__startswith=courses[0].path[: -CoursePage.steplen], depth=courses[0].depth + 1)
    for lesson in LessonPage.objects.live().filter(below).defer("screens", "folded_text").order_by("path"):
        owner = owners.get(lesson.path[: -LessonPage.steplen])
        if owner is not None:
            found[owner].append(lesson)
    return found


def _says(words: str, catalogue: CataloguePage) -> Q:
    """Every word stands in the course, or every word stands in one of its lessons."""
    own, in_lesson = Q(), Q()
    for word in Counter(folded(words[:LONGEST_QUERY]).split()):
        own &= Q(folded_text__contains=word)
        in_lesson &= Q(folded_text__contains=word)
    lessons = (
        LessonPage.objects.live().descendant_of(catalogue).filter(in_lesson).values_list("path", flat=True)
    )
    return own | Q(path__in={path[: -LessonPage.steplen] for path in lessons})
