"""Pages on which a task is written: overview, brief, screens, notes, judgement. For editors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.items.admin.task_forms import (
    BriefForm,
    JudgementForm,
    MemoryForm,
    NewScreenForm,
    PartForm,
    ScreenForm,
    StartForm,
    TaskForm,
)
from assessments.items.admin.task_pages import faults_with_links, may_edit, opened_task, page_context, save
from assessments.items.models import ItemState
from assessments.items.simulation.map_view import Map, map_of
from assessments.items.simulation.task_file import as_yaml
from assessments.items.simulation.world import Task, World
from assessments.items.task_editor.check_draft import BRIEF, JUDGEMENT, MEMORY, SCREEN, START
from assessments.items.task_editor.drafts import NotReady, Opened, publish_task, start_task
from assessments.items.task_editor.screens import (
    added_part,
    added_screen,
    find_screen,
    moved_screen,
    without_screen,
)


@require_http_methods(["GET", "POST"])
def new_task(request: HttpRequest) -> HttpResponse:
    """Editors who may add items."""
    may_edit(request, "items.add_item")
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        item = start_task(found["title"], found["outcome"], found["device"], request.user)  # type: ignore[arg-type]
        return redirect("items_task_brief", item.pk)
    trail = [{"url": reverse("items_item:index"), "label": _("Items")}]
    context = {
        "form": form,
        "media": form.media,
        "page_title": _("Make a new simulated task"),
        "header_title": _("Make a new simulated task"),
        "header_icon": "mobile-alt",
        "breadcrumbs_items": [*trail, {"url": "", "label": _("New simulated task")}],
        "submit_button_label": _("Begin"),
        "submit_button_active_label": _("One moment…"),
    }
    return render(request, "items/admin/task_new.html", context, status=400 if form.errors else 200)


@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors."""
    opened = opened_task(request, pk)
    faults = faults_with_links(opened)
    errors = [one for one in faults if one["fault"].level == "error"]
    context = {
        **page_context(opened, START, opened.task.get("title") or _("Without a name")),
        "faults": faults,
        "errors": len(errors),
        "map": _map(opened.task, [one["fault"] for one in faults]),
        "new_screen": NewScreenForm(initial={"kind": "app"}),
        "new_part": bool(opened.task.get("parts")),
        "practised": opened.item.current is not None
        and opened.item.state not in {ItemState.DRAFT, ItemState.RETIRED},
    }
    return render(request, "items/admin/task_overview.html", context)


def _map(task: Task, faults: list[Any]) -> Map | None:
    """None while the task is too broken to be drawn."""
    try:
        return map_of(World.of(task), faults)
    except (KeyError, TypeError, ValueError):
        return None


@require_http_methods(["GET", "POST"])
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors."""
    opened = opened_task(request, pk)
    return _form_page(request, opened, BriefForm(opened.task, **_given(request, opened)), BRIEF, _("Brief"))


@require_http_methods(["GET", "POST"])
def memory(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors."""
    opened = opened_task(request, pk)
    form = MemoryForm(opened.task, **_given(request, opened))
    return _form_page(request, opened, form, MEMORY, _("What the task remembers"))


@require_http_methods(["GET", "POST"])
def judgement(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors."""
    opened = opened_task(request, pk)
    form = JudgementForm(opened.task, **_given(request, opened))
    return _form_page(request, opened, form, JUDGEMENT, _("Points and errors"))


@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, pk: int, screen_id: str) -> HttpResponse:
    """Editors."""
    opened = opened_task(request, pk)
    found = find_screen(opened.task, screen_id)
    if found is None:
        raise Http404
    form = ScreenForm(opened.task, found, **_given(request, opened))
    title = found.get("title") or _("Screen without a title")
    preview = reverse("items_task_preview", args=[pk, screen_id])
    return _form_page(request, opened, form, SCREEN, title, preview)


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Editors."""
    opened = opened_task(request, pk)
    if name not in (opened.task.get("parts") or {}):
        raise Http404
    form = PartForm(opened.task, name, **_given(request, opened))
    return _form_page(request, opened, form, SCREEN, _("Shared part “%(name)s”") % {"name": name})


def _given(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    return {
        "data": request.POST if request.method == "POST" else None,
        "initial": {"revision": opened.revision},
    }


def _form_page(
    request: HttpRequest, opened: Opened, form: Any, page: str, title: str, preview: str = ""
) -> HttpResponse:
    """Saved with all its faults; only what no field takes (letters for a number) is asked for again."""
    status = 200
    if request.method == "POST":
        if _is_valid(form) and save(request, opened, form.document(), form.cleaned_data["revision"]):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
        status = 400 if form.errors else 409
        _renew_revision(request, form, opened)
    context = {
        **page_context(opened, page, title),
        "form": form,
        "media": form.media,
        "preview_url": preview,
        "faults": [one for one in faults_with_links(opened) if one["href"].split("#")[0] == request.path],
        "submit_button_label": _("Save the draft"),
        "submit_button_active_label": _("Saving…"),
    }
    return render(request, "items/admin/task_form.html", context, status=status)


def _is_valid(form: TaskForm) -> bool:
    """Streams of blocks come as numbered fields; a post without its numbers was not made by the page."""
    try:
        return form.is_valid()
    except (KeyError, ValueError, IndexError) as problem:
        raise BadRequest(str(problem)) from None


def _renew_revision(request: HttpRequest, form: TaskForm, opened: Opened) -> None:
    """The second save of the same page goes through: the editor has seen the warning."""
    data = request.POST.copy()
    data["revision"] = str(opened.revision)
    form.data = data


@require_POST
def change_screens(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors: add, move or delete a screen, or say where the task begins."""
    opened = opened_task(request, pk)
    task, act, name = opened.task, request.POST.get("viec", ""), request.POST.get("man_hinh", "")[:80]
    if act == "them":
        return _add_screen(request, opened)
    if act == "phan":
        title = request.POST.get("title", "").strip()[:200]
        made, part_name = added_part(task, title or _("Shared part"))
        save(request, opened, made)
        return redirect("items_task_part", pk, part_name)
    changes = {
        "len": lambda: moved_screen(task, name, -1),
        "xuong": lambda: moved_screen(task, name, 1),
        "xoa": lambda: without_screen(task, name),
        "dau": lambda: {**task, "start": name},
        "nha": lambda: {**task, "home": name} if name else {k: v for k, v in task.items() if k != "home"},
    }
    if act not in changes or (name and find_screen(task, name) is None):
        raise Http404
    save(request, opened, changes[act]())
    return redirect(reverse("items_task_editor", args=[pk]) + "#man-hinh")


def _add_screen(request: HttpRequest, opened: Opened) -> HttpResponse:
    form: Form = NewScreenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A screen needs a title."))
        return redirect("items_task_editor", opened.item.pk)
    task, made = added_screen(opened.task, form.cleaned_data["title"], form.cleaned_data["kind"])
    save(request, opened, task)
    return redirect("items_task_screen", opened.item.pk, made)


@require_GET
def download_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors: the draft as it stands, faults included."""
    opened = opened_task(request, pk)
    name = f'attachment; filename="{opened.item.code}.yaml"'
    return HttpResponse(
        as_yaml(opened.task),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": name},
    )


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Editors: a new version, when nothing is wrong any more."""
    opened = opened_task(request, pk)
    reason = request.POST.get("ly_do", "").replace("\x00", "").strip() or _("Made in the task editor")
    try:
        publish_task(opened, request.user, reason[:300])  # type: ignore[arg-type]  # the permission was checked
    except NotReady:
        messages.error(request, _("There are still errors: correct what stands in the list first."))
        return redirect("items_task_editor", pk)
    messages.success(request, _("The version is published."))
    return redirect("items_task_editor", pk)
