"""Going on from step to step, and the card to print."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from courses.go_on import go_on, go_on_without_account
from courses.languages import original_pks
from courses.models import LessonPage
from courses.progress import LessonState
from courses.request_values import whole_number
from courses.serve_lesson import FINISHED
from lms.accounts.api import Person
from lms.theme.page_cache import mark_public

_LARGEST_KEY = 2**63 - 1


# The first step stands in whole cached pages, so its form can hold no CSRF token. The browser must name our own
# address instead, and a session cookie does not come along with a post from elsewhere (SameSite).
@csrf_exempt
@require_POST
def go_on_view(request: HttpRequest, lesson_pk: int) -> HttpResponse:
    """Anonymous visitors too: the session remembers them from here on, not before."""
    if not _from_our_own_page(request):
        raise PermissionDenied
    lesson = _lesson(lesson_pk)
    total = len(lesson.screens)
    asked = request.POST.get("buoc", "")
    done = asked == FINISHED
    state = LessonState(total if done else whole_number(asked, 1, total), done)
    original = _original(lesson)
    if isinstance(request.user, Person):
        go_on(request.user, original, state)
    else:
        go_on_without_account(request.session, original, state)
    address = lesson.course.lesson_address(lesson)
    return HttpResponseRedirect(f"{address}?buoc={FINISHED if done else state.screen}")


@require_GET
def card(request: HttpRequest, lesson_pk: int) -> HttpResponse:
    """Anonymous visitors too: the take-away card of a lesson on a page of its own."""
    lesson = _lesson(lesson_pk)
    found = next((block.value for block in lesson.screens if block.block_type == "take_away"), None)
    if found is None:
        raise Http404
    context = {"heading": found["heading"], "text": found["text"]}
    response = render(request, "courses/card.html", context)
    mark_public(response)
    return response


def _lesson(pk: int) -> LessonPage:
    lesson = LessonPage.objects.live().filter(pk=pk).first() if pk <= _LARGEST_KEY else None
    if lesson is None or lesson.get_view_restrictions().exists():
        raise Http404
    return lesson


def _original(lesson: LessonPage) -> LessonPage:
    pk = original_pks([lesson])[lesson.pk]
    return lesson if pk == lesson.pk else LessonPage.objects.get(pk=pk)


def _from_our_own_page(request: HttpRequest) -> bool:
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return source is None or urlsplit(source).netloc == request.get_host()
