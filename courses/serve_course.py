"""/khoa-hoc/<course>/: what one learns and the lessons with their states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courses.languages import shown_in_vietnamese
from courses.progress import NOT_BEGUN, LessonState, states_of
from lms.accounts.api import Audience
from lms.theme.page_cache import mark_public

if TYPE_CHECKING:
    from courses.models import CoursePage, LessonPage


@dataclass(frozen=True)
class LessonRow:
    number: int
    lesson: LessonPage
    href: str
    state: LessonState
    # Where one would go on; at most one row.
    here: bool

    @property
    def vietnamese(self) -> bool:
        return shown_in_vietnamese(self.lesson)

    @property
    def look(self) -> str:
        if self.state.done:
            return "done"
        return "now" if self.here else ""


def lesson_rows(course: CoursePage, states: dict[int, LessonState]) -> list[LessonRow]:
    """The open lesson that is furthest, else the first that is not done, is where one goes on."""
    known = [(lesson, states.get(lesson.pk, NOT_BEGUN)) for lesson in course.lessons]
    begun = [lesson.pk for lesson, state in known if state.screen and not state.done]
    undone = [lesson.pk for lesson, state in known if not state.done]
    here = next(iter([*begun, *undone]), None)
    return [
        LessonRow(number, lesson, course.lesson_address(lesson), state, lesson.pk == here)
        for number, (lesson, state) in enumerate(known, start=1)
    ]


def serve_course(request: HttpRequest, course: CoursePage) -> HttpResponse:
    """Anonymous visitors too."""
    rows = lesson_rows(course, states_of(request, course.lessons))
    done = sum(row.state.done for row in rows)
    context = {
        "page": course,
        "course": course,
        "rows": rows,
        "done": done,
        "done_words": _("%(done)d of %(total)d lessons learned") % {"done": done, "total": len(rows)},
        "begun": any(row.state.screen for row in rows),
        "here": next((row for row in rows if row.here), None),
        "outcomes": [line.strip() for line in course.outcomes.splitlines() if line.strip()],
        "audiences": [Audience(code).label for code in course.audiences if code in Audience.values],
        "prerequisites": course.prerequisites.all() if course.has_prerequisites else [],
        "only_vietnamese": shown_in_vietnamese(course),
    }
    response = render(request, "courses/course.html", context)
    if request.user.is_anonymous:
        mark_public(response)
    return response
