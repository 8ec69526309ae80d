"""The home page and the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessments.items.api import Skill
from courses.catalogue_filters import filter_of
from courses.find_courses import LONGEST_QUERY, Wish, find_courses, lessons_by_course, taught_skills
from courses.progress import states_of
from courses.request_values import whole_number
from courses.serve_course import LessonRow, lesson_rows
from courses.skill_words import SKILL_WORDS
from lms.accounts.api import Audience
from lms.theme.page_cache import mark_public

if TYPE_CHECKING:
    from courses.models import CataloguePage, CoursePage, HomePage

_COURSES_PER_PAGE = 24


def serve_home(request: HttpRequest, home: HomePage) -> HttpResponse:
    """Anonymous visitors too."""
    from_here = home.get_children().live().first()
    catalogue = from_here.specific if from_here else None
    context = {
        "page": home,
        "catalogue": catalogue,
        "skills": [
            (skill, SKILL_WORDS.get(skill.code, "")) for skill in Skill.objects.filter(essential=True)
        ],
        "next": _next_lesson(request, catalogue),
    }
    return _public(request, render(request, "courses/home.html", context))


def serve_catalogue(request: HttpRequest, catalogue: CataloguePage) -> HttpResponse:
    """Anonymous visitors too."""
    wish = _wish(request)
    pages = Paginator(find_courses(catalogue, wish), _COURSES_PER_PAGE)
    number = whole_number(request.GET.get("trang", "1"), 1, pages.num_pages)
    shown = pages.page(number)
    courses = _with_progress(request, list(shown.object_list))
    context = {
        "page": catalogue,
        "catalogue": catalogue,
        "courses": courses,
        "list": shown,
        "wish": wish,
        "audience_filter": filter_of(
            request, "cho", _("For whom"), [("", _("Everybody")), *Audience.choices]
        ),
        "skill_filter": filter_of(
            request, "ky-nang", _("Skill"), [("", _("All skills")), *_skills(catalogue)]
        ),
    }
    response = render(request, "courses/catalogue.html", context)
    return response if wish.words else _public(request, response)


def _skills(catalogue: CataloguePage) -> list[tuple[str, str]]:
    """Only skills that have a course."""
    return list(Skill.objects.filter(pk__in=taught_skills(catalogue)).values_list("code", "short_name"))


def _public(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.user.is_anonymous:
        mark_public(response)
    return response


def _wish(request: HttpRequest) -> Wish:
    words, audience, skill = (request.GET.get(key, "") for key in ("q", "cho", "ky-nang"))
    if audience and audience not in Audience.values:
        raise BadRequest("no such audience")
    if skill and not (skill.isascii() and skill.isalnum() and len(skill) <= 8):
        raise BadRequest("no such skill")
    return Wish(words[:LONGEST_QUERY].replace("\x00", "").strip(), audience, skill)


def _with_progress(request: HttpRequest, courses: list[CoursePage]) -> list[dict[str, Any]]:
    """Two queries for the whole list."""
    lessons = lessons_by_course(courses)
    states = states_of(request, [lesson for some in lessons.values() for lesson in some])
    found = []
    for course in courses:
        course.lessons = lessons[course.pk]
        done = sum(states[lesson.pk].done for lesson in course.lessons)
        begun = any(states[lesson.pk].screen for lesson in course.lessons)
        labels = [Audience(code).label for code in course.audiences if code in Audience.values]
        found.append({"course": course, "done": done, "begun": begun, "audiences": labels})
    return found


def _next_lesson(request: HttpRequest, catalogue: CataloguePage | None) -> LessonRow | None:
    """Where a known learner goes on: the first course that is begun and not finished, else the first course."""
    if catalogue is None:
        return None
    courses = find_courses(catalogue, Wish())
    lessons = lessons_by_course(courses)
    states = states_of(request, [lesson for some in lessons.values() for lesson in some])
    open_rows = []
    for course in courses:
        course.lessons = lessons[course.pk]
        open_rows += [row for row in lesson_rows(course, states) if row.here]
    begun = [row for row in open_rows if row.state.screen or row.number > 1]
    return next(iter([*begun, *open_rows]), None)
