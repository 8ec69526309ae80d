"""Doing the draft in the phone frame, keeping what was done, and judging it act by act. For editors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.items.admin.task_pages import opened_task, page_context, save
from assessments.items.simulation.frame_context import frame_context
from assessments.items.simulation.machine import Impossible
from assessments.items.simulation.pictures import picture
from assessments.items.simulation.play import Play, resume
from assessments.items.simulation.stepped import Applied, apply_form
from assessments.items.simulation.world import Task, World
from assessments.items.task_editor.act_words import act_words, fields_words
from assessments.items.task_editor.blocks.wording import CRITICAL
from assessments.items.task_editor.check_draft import RECORD
from assessments.items.task_editor.drafts import Opened
from assessments.items.task_editor.judge_act import (
    with_avoided,
    with_critical,
    with_fields,
    with_order,
    with_points,
)
from assessments.items.task_editor.judgement import known_acts
from assessments.items.task_editor.paths import (
    ALSO,
    SOLUTION,
    WRONG,
    Act,
    acts_of,
    path_named,
    walked,
    with_path,
    with_wrong_confirmed,
    without_path,
)

ICONS = "items/simulation/icons.svg"
_MS_PER_ACT = 1500
_BROKEN = (KeyError, TypeError, ValueError, LookupError, AttributeError)


def _key(opened: Opened) -> str:
    return f"task_trial_{opened.item.pk}"


def _trial(request: HttpRequest, opened: Opened) -> Play:
    """Where the editor stands; a log that the draft no longer allows begins anew. Raises when it cannot be played."""
    kept = request.session.get(_key(opened)) or {"variant": 0, "rows": []}
    try:
        return resume(opened.task, kept["variant"], kept["rows"])
    except (Impossible, TypeError):
        request.session.pop(_key(opened), None)
        return resume(opened.task, 0, [])


def _variant(request: HttpRequest, opened: Opened) -> int:
    return int((request.session.get(_key(opened)) or {}).get("variant", 0))


@require_GET
@never_cache
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors: the phone on the left, what is recorded on the right."""
    opened = opened_task(request, pk)
    task = opened.task
    recorded = task["recorded"]
    context = {
        **page_context(opened, RECORD, _("Do it and judge")),
        "playable": _playable(task),
        "solution": _told(task, SOLUTION, recorded.get(SOLUTION) or []),
        "also": [_told(task, f"{ALSO}-{place}", path) for place, path in enumerate(recorded.get(ALSO) or [])],
        "wrong": [_wrong(task, place, one) for place, one in enumerate(recorded.get(WRONG) or [])],
        "criteria": task["private"].get("criteria") or [],
        "codes": CRITICAL,
        "variants": range(1, len(task.get("variants") or []) + 1),
        "done": _done(request, opened),
    }
    return render(request, "items/admin/task_record.html", context)


@require_GET
@never_cache
def done_so_far(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors: the acts of the running trial, asked for again after each of them."""
    opened = opened_task(request, pk)
    return render(
        request, "items/admin/task_done.html", {"item": opened.item, "done": _done(request, opened)}
    )


def _playable(task: Task) -> bool:
    try:
        resume(task, 0, [])
    except _BROKEN:
        return False
    return True


def _done(request: HttpRequest, opened: Opened) -> dict[str, Any] | None:
    try:
        play = _trial(request, opened)
    except _BROKEN:
        return None
    known = known_acts(opened.task)
    acts = [act_words(play.world, known, act.entry) for act in acts_of(play.state)]
    return {"acts": acts, "ended": play.state.ended, "result": play.result}


def _told(task: Task, name: str, path: list[Any]) -> dict[str, Any]:
    """A recorded path in words, with what an editor may do with each act."""
    found = walked(task, path)
    world, known = World.of(task), known_acts(task)
    acts = [
        {
            "place": act.place,
            "words": act_words(world, known, act.entry),
            "screen": known.screens.get(act.entry.screen, act.entry.screen),
            "fields": fields_words(world, act.filled) if act.filled else "",
            "ok": act.entry.ok,
            "typed": act.entry.action == "set",
            "finish": act.entry.action == "finish",
        }
        for act in found.acts
    ]
    return {"name": name, "acts": acts, "result": found.result, "stopped_at": found.stopped_at, "path": path}


def _wrong(task: Task, place: int, wrong: dict[str, Any]) -> dict[str, Any]:
    told = _told(task, f"{WRONG}-{place}", wrong["path"])
    now = [error.id for error in told["result"].critical]
    agrees = float(told["result"].points) == float(wrong["points"]) and now == wrong["critical"]
    return {**told, "title": wrong["name"], "stated": wrong["points"], "agrees": agrees}


@require_http_methods(["GET", "POST"])
@never_cache
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors: one screen of the draft in the frame; the same steps as for a learner without scripts."""
    opened = opened_task(request, pk)
    try:
        play = _trial(request, opened)
    except _BROKEN:
        return render(request, "items/admin/task_phone.html", {"item": opened.item, "broken": True})
    applied = Applied(play)
    if request.method == "POST":
        applied = apply_form(play, request.POST, len(play.state.log) * _MS_PER_ACT)
        request.session[_key(opened)] = {"variant": _variant(request, opened), "rows": applied.play.rows}
        if not applied.problems:
            return redirect("items_task_phone", pk)
    context = _frame(opened, applied)
    return render(request, "items/admin/task_phone.html", context, status=400 if applied.problems else 200)


@require_GET
@never_cache
def preview(request: HttpRequest, pk: int, screen_id: str) -> HttpResponse:
    """Editors: one screen as saved, in the state of the beginning; nothing on it acts."""
    opened = opened_task(request, pk)
    context: dict[str, Any] = {"item": opened.item, "broken": True}
    try:
        play = resume(opened.task, 0, [])
        applied = Applied(replace(play, state=play.state.at(screen_id)))
        context = {**_frame(opened, applied), "preview": True}
    except _BROKEN:
        pass
    return render(request, "items/admin/task_phone.html", context)


def _frame(opened: Opened, applied: Applied) -> dict[str, Any]:
    return {
        "item": opened.item,
        "ended": applied.play.state.ended,
        "icons": static(ICONS),
        "pictures": reverse("items_task_phone", args=[opened.item.pk]) + "hinh/",
        **frame_context(applied),
    }


@require_GET
def phone_picture(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Editors."""
    drawn = picture(_trial(request, opened_task(request, pk)).compiled, token)
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors: begin anew, or keep the trial as solution, other good way or wrong way; forget or confirm a path."""
    opened = opened_task(request, pk)
    act, name = request.POST.get("viec", ""), request.POST.get("duong", "")[:40]
    if act == "lai":
        request.session[_key(opened)] = {"variant": _number(request, "bien_the"), "rows": []}
    elif act == "quen":
        save(request, opened, without_path(opened.task, name))
    elif act == "xac_nhan" and name.partition("-")[2].isdigit():
        save(request, opened, with_wrong_confirmed(opened.task, int(name.partition("-")[2])))
    elif act in {"giai", "cach_khac", "sai"}:
        _keep_trial(request, opened, {"giai": SOLUTION, "cach_khac": ALSO, "sai": WRONG}[act])
    else:
        raise Http404
    return redirect("items_task_record", pk)


def _number(request: HttpRequest, name: str, most: int = 100) -> int:
    text = request.POST.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _keep_trial(request: HttpRequest, opened: Opened, kind: str) -> None:
    try:
        play = _trial(request, opened)
    except _BROKEN:
        return
    name = _text(request, "ten") or _("Wrong way %(number)s") % {
        "number": len(opened.task["recorded"].get(WRONG) or []) + 1
    }
    if not play.state.log:
        messages.error(request, _("Nothing was done yet: use the phone on the left first."))
        return
    task = with_path(opened.task, play.state, kind, name[:120], _variant(request, opened))
    if save(request, opened, task):
        request.session.pop(_key(opened), None)
        messages.success(request, _("What you did is recorded."))


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors: give points for an act, ask for an order, or name a critical error."""
    opened = opened_task(request, pk)
    path = path_named(opened.task, request.POST.get("duong", ""))
    acts = walked(opened.task, path).acts if path is not None else []
    place = _number(request, "buoc", 1000)
    if place >= len(acts):
        raise Http404
    task = _judged(request, opened.task, acts, acts[place])
    if task is None:
        messages.error(request, _("Choose what this step is compared with."))
    elif save(request, opened, task):
        messages.success(
            request, _("It counts now. Words and points can be changed under “Points and errors”.")
        )
    return redirect(reverse("items_task_record", args=[pk]) + f"#{request.POST.get('duong', '')[:40]}")


def _judged(request: HttpRequest, task: Task, acts: list[Act], act: Act) -> Task | None:
    """None when the editor did not choose the other half of the rule."""
    world, known = World.of(task), known_acts(task)
    words, points = act_words(world, known, act.entry), max(_number(request, "diem"), 1)
    wanted = request.POST.get("cham", "")
    if wanted == "buoc":
        return with_points(task, act, words, points)
    if wanted == "o" and act.filled:
        return with_fields(task, act, fields_words(world, act.filled), points)
    if wanted == "truoc":
        other = _number(request, "truoc", 1000)
        if not request.POST.get("truoc") or other >= len(acts):
            return None
        then = act_words(world, known, acts[other].entry)
        label = _("%(first)s, before: %(then)s") % {"first": words, "then": then}
        return with_order(task, act, acts[other], label, points)
    if wanted == "tranh":
        needs = request.POST.get("can", "")
        known_criteria = {one["id"] for one in task["private"].get("criteria") or []}
        label = _("Not done: %(act)s") % {"act": words}
        return with_avoided(task, act, label, points, needs) if needs in known_criteria else None
    if wanted == "loi":
        code = request.POST.get("ma", "")
        if code not in {one for one, _words in CRITICAL}:
            return None
        return with_critical(task, act, words, code, _text(request, "khuyen")[:1000])
    raise Http404
