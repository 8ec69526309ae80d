"""Playing simulated tasks. Everybody may practise; a play inside a sitting is for its owner only."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.items.api import (
    Applied,
    Item,
    ItemState,
    frame_context,
    grade,
    picture,
    present,
    record_path,
)
from assessments.sittings.errors import NotFound
from assessments.sittings.models import Purpose
from assessments.sittings.posted import posted_position, posted_uuid
from assessments.sittings.trace.act import act_by_form
from assessments.sittings.trace.end_play import answer_of
from assessments.sittings.trace.find_play import Actor, play_of
from assessments.sittings.trace.start_play import (
    KIND,
    is_editor,
    practice_version,
    start_in_sitting,
    start_practice,
)
from assessments.sittings.trace.task_log import TaskLog
from assessments.sittings.views import refusals_as_pages
from lms.accounts.api import Person

ICONS = "items/simulation/icons.svg"


def actor_of(request: HttpRequest) -> Actor:
    person = request.user if request.user.is_authenticated else None
    return Actor(person, request.session)


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """Everybody."""
    shown = Item.objects.filter(kind=KIND, current__isnull=False).select_related("skill")
    shown = shown.exclude(state__in=[ItemState.RETIRED, ItemState.DRAFT])
    in_order = shown.order_by("skill__position", "difficulty", "code")
    return render(request, "sittings/task/list.html", {"tasks": in_order})


@require_GET
@never_cache
@refusals_as_pages
def intro(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody."""
    item = present(practice_version(code, is_editor(actor_of(request).person)), 0)
    return render(request, "sittings/task/intro.html", {"item": item.context, "answer_uuid": uuid.uuid4()})


@require_POST
@refusals_as_pages
def start(request: HttpRequest) -> HttpResponse:
    """Everybody: from a lesson, from the list, or again."""
    code = request.POST.get("viec", "")
    if "\x00" in code or len(code) > 24:
        raise NotFound
    log = start_practice(actor_of(request), code, posted_uuid(request, "answer_uuid"), _return_path(request))
    return _to_play(log)


@require_POST
@login_required
@refusals_as_pages
def start_here(request: HttpRequest, sitting_uuid: uuid.UUID) -> HttpResponse:
    """The owner of the sitting."""
    person = cast(Person, request.user)
    position = posted_position(request.POST)
    return _to_play(start_in_sitting(person, sitting_uuid, position, posted_uuid(request, "answer_uuid")))


@require_http_methods(["GET", "POST"])
@never_cache
@refusals_as_pages
def play(request: HttpRequest, log_uuid: uuid.UUID) -> HttpResponse:
    """Whoever began it: the screen on GET, one act (or a stale form, which changes nothing) on POST."""
    actor = actor_of(request)
    if request.method == "POST":
        applied = act_by_form(actor, log_uuid, request.POST)
        if applied.problems:
            return _page(request, actor.find(log_uuid), applied)
        return redirect_303(reverse("sittings:task_play", args=[log_uuid]))
    log = actor.find(log_uuid)
    if log.ended_at is not None:
        return redirect_303(reverse("sittings:task_result", args=[log_uuid]))
    return _page(request, log, Applied(play_of(log)))


@require_GET
@never_cache
@refusals_as_pages
def result(request: HttpRequest, log_uuid: uuid.UUID) -> HttpResponse:
    """Whoever played it; inside a sitting the sitting decides what may be seen."""
    log = actor_of(request).find(log_uuid)
    if log.ended_at is None:
        return redirect_303(reverse("sittings:task_play", args=[log_uuid]))
    if log.sitting_item is not None:
        owned = log.sitting_item.sitting
        place = f"?cau={log.sitting_item.position}" if owned.purpose == Purpose.PRACTICE else ""
        return redirect_303(reverse("sittings:sitting", args=[owned.uuid]) + place)
    answer = answer_of(log)
    judged = present(log.version, log.seed, answer, grade(log.version, answer))
    context = {**_about(log), "judged": judged.context, "editor": is_editor(log.person)}
    return render(request, "sittings/task/result.html", context)


@require_POST
@login_required
@refusals_as_pages
def record(request: HttpRequest, log_uuid: uuid.UUID) -> HttpResponse:
    """Editors: keep this play as the solution, or as a wrong way with its name."""
    log = actor_of(request).find(log_uuid)
    if log.person is None or not is_editor(log.person) or log.ended_at is None:
        raise NotFound
    name = request.POST.get("ten", "").replace("\x00", "").strip() or "–"
    wrong = name if request.POST.get("loai") == "sai" else ""
    record_path(log.version, log.seed, log.events, log.person, wrong)
    return redirect_303(reverse("items_task", args=[log.version.item_id]))


@require_GET
@refusals_as_pages
def task_picture(request: HttpRequest, log_uuid: uuid.UUID, token: str) -> HttpResponse:
    """Whoever plays it; the name tells nothing and belongs to this play only."""
    drawn = picture(play_of(actor_of(request).find(log_uuid)).compiled, token)
    if drawn is None:
        raise NotFound
    return HttpResponse(
        drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=86400"}
    )


def _page(request: HttpRequest, log: TaskLog, applied: Applied) -> HttpResponse:
    context = {**_about(log), **frame_context(applied)}
    return render(request, "sittings/task/play.html", context, status=400 if applied.problems else 200)


def _about(log: TaskLog) -> dict[str, Any]:
    names = {"data_url": "task_data", "trace_url": "task_trace", "result_url": "task_result"}
    return {
        "log": log,
        "code": log.version.content["id"],
        "title": log.version.content["title"],
        "icons": static(ICONS),
        "pictures": reverse("sittings:task_play", args=[log.uuid]) + "hinh/",
        "leave": _leave(log),
        "next_uuid": uuid.uuid4(),
        **{name: reverse(f"sittings:{view}", args=[log.uuid]) for name, view in names.items()},
    }


def _leave(log: TaskLog) -> str:
    if log.sitting_item is not None:
        return reverse("sittings:assessment", args=[log.sitting_item.sitting.frozen["slug"]])
    return log.return_path or reverse("sittings:tasks")


def _return_path(request: HttpRequest) -> str:
    """Where the person came from on this site: the lesson, when the task was started there."""
    wanted = request.POST.get("ve", "") if "ve" in request.POST else request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return ""
    path = "/" + wanted.split("://", 1)[-1].split("/", 1)[-1] if "://" in wanted else wanted
    own = path.startswith(reverse("sittings:tasks"))
    return "" if own or len(path) > 300 or "\x00" in path else path


def _to_play(log: TaskLog) -> HttpResponse:
    return redirect_303(reverse("sittings:task_play", args=[log.uuid]))


def redirect_303(address: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
