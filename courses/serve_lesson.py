"""/khoa-hoc/<course>/<lesson>/: one open step at a time; everything works by plain links and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessments.sittings.api import UuidTaken
from courses.languages import shown_in_vietnamese
from courses.lesson_steps import open_screens, steps_of, trail_of
from courses.lesson_text import plain_list
from courses.practice import Practice, practice_of
from courses.progress import LessonState, states_of
from courses.request_values import whole_number
from lms.theme.page_cache import mark_public

if TYPE_CHECKING:
    from courses.models import LessonPage

FINISHED = "xong"


def serve_lesson(request: HttpRequest, lesson: LessonPage) -> HttpResponse:
    """Anonymous visitors too."""
    total = len(lesson.screens)
    if getattr(request, "is_preview", False) or not total:
        return _preview(request, lesson)
    asked = request.GET.get("buoc", "")
    if asked == FINISHED and request.method == "GET":
        return _finished(request, lesson)
    now = whole_number(asked, 1, total) if asked else _resumed(request, lesson, total)
    return _step(request, lesson, now)


def _resumed(request: HttpRequest, lesson: LessonPage, total: int) -> int:
    """Where the learner stopped; a finished lesson begins again."""
    if not request.user.is_authenticated and request.session.session_key is None:
        return 1
    state = states_of(request, [lesson])[lesson.pk]
    return 1 if state.done else min(max(state.screen, 1), total)


def _step(request: HttpRequest, lesson: LessonPage, now: int) -> HttpResponse:
    screen = open_screens(lesson, [now])[0]
    try:
        practice = _practice(request, lesson, now)
    except UuidTaken:
        return render(request, "courses/answer_taken.html", {"lesson": lesson, "now": now}, status=409)
    steps = steps_of(lesson, now)
    context = {
        **_about(lesson),
        "now": now,
        "total": len(steps),
        "trail": trail_of(steps, now),
        "screens": [screen],
        "screen": screen,
        "practice": practice,
        "next_step": now + 1 if now < len(steps) else FINISHED,
        "position": _("Step %(now)d/%(total)d") % {"now": now, "total": len(steps)},
    }
    response = render(
        request, "courses/lesson.html", context, status=400 if practice and practice.error else 200
    )
    if practice is None and request.user.is_anonymous:
        mark_public(response)
    return response


def _practice(request: HttpRequest, lesson: LessonPage, now: int) -> Practice | None:
    raw = lesson.screens.raw_data[now - 1]
    if raw["type"] == "practice":
        return practice_of(request, plain_list(raw["value"].get("items")))
    if request.method == "POST":
        raise BadRequest("nothing to answer here")
    return None


def _finished(request: HttpRequest, lesson: LessonPage) -> HttpResponse:
    """What was done and what comes next; recorded by ``go_on``, not by opening this page."""
    lessons = lesson.course.lessons
    states = states_of(request, lessons)
    left = [one for one in lessons if not states[one.pk].done and one.pk != lesson.pk]
    after = [one for one in left if one.path > lesson.path]
    context = {
        **_about(lesson),
        "left": len(left),
        "next_lesson": next(iter([*after, *left]), None),
        "number": next((n for n, one in enumerate(lessons, start=1) if one.pk == lesson.pk), 0),
        "state": states.get(lesson.pk, LessonState()),
    }
    return render(request, "courses/lesson_finished.html", context)


def _preview(request: HttpRequest, lesson: LessonPage) -> HttpResponse:
    """Editors see every step opened, one below the other."""
    numbers = range(1, len(lesson.screens) + 1)
    context = {**_about(lesson), "screens": open_screens(lesson, list(numbers)), "preview": True}
    return render(request, "courses/lesson_preview.html", context)


def _about(lesson: LessonPage) -> dict[str, Any]:
    return {
        "page": lesson,
        "lesson": lesson,
        "course": lesson.course,
        "address": lesson.course.lesson_address(lesson),
        # Empty while an editor looks at a draft: practice without a lesson.
        "lesson_place": f"lesson:{lesson.pk}" if lesson.live else "",
        "only_vietnamese": shown_in_vietnamese(lesson),
    }
