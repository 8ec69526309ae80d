"""The workbench of a simulated task: map, faults in place, play-through at phone size, YAML out and in. For editors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.items.models import Item
from assessments.items.save_version import save_version
from assessments.items.simulation.lint import lint
from assessments.items.simulation.load_tasks import content_of
from assessments.items.simulation.map_view import map_of
from assessments.items.simulation.task_file import as_yaml, from_yaml
from assessments.items.simulation.world import World


def _task_item(request: HttpRequest, pk: int) -> Item:
    user = request.user
    if not (user.has_perm("wagtailadmin.access_admin") and user.has_perm("items.change_item")):
        raise PermissionDenied
    item = get_object_or_404(Item.objects.select_related("current"), pk=pk, kind="simulated_task")
    if item.current is None:
        raise Http404
    return item


def _faults(task: dict[str, Any]) -> tuple[list[Any], str]:
    try:
        return lint(task, timezone.localdate(), walks=False), ""
    except (KeyError, TypeError, ValueError, AttributeError, LookupError) as problem:
        return [], _("The task cannot be read: %(problem)s") % {"problem": repr(problem)}


@require_http_methods(["GET", "POST"])
def workbench(request: HttpRequest, pk: int) -> HttpResponse:
    """A posted file or text becomes a new version only when it has no errors."""
    item = _task_item(request, pk)
    assert item.current is not None  # noqa: S101 - _task_item asked
    task, text, status = item.current.content["simulation"], "", 200
    faults, problem = _faults(task)
    if request.method == "POST":
        text = _posted_text(request)
        faults, problem = _import(request, item, text)
        if not problem and not any(fault.level == "error" for fault in faults):
            messages.success(request, _("A new version was made."))
            return redirect("items_task", pk)
        status = 400
    context = {
        "item": item,
        "map": map_of(World.of(task), faults),
        "faults": faults,
        "problem": problem,
        "text": text or as_yaml(task),
        "solution": task["recorded"]["solution"],
    }
    return render(request, "items/admin/task.html", context, status=status)


def _posted_text(request: HttpRequest) -> str:
    upload = request.FILES.get("tep")
    raw = upload.read(300_000) if upload is not None else request.POST.get("yaml", "").encode()
    return raw.decode("utf-8", errors="replace").replace("\x00", "")


def _import(request: HttpRequest, item: Item, text: str) -> tuple[list[Any], str]:
    task, problem = from_yaml(text)
    if problem:
        return [], problem
    if task["id"] != item.code:
        return [], _("This file is the task %(code)s, not this one.") % {"code": task["id"]}
    faults, problem = _faults(task)
    if not problem and not any(fault.level == "error" for fault in faults):
        content = {**content_of(task), "state": item.state}
        save_version(item, content, request.user, "imported")  # type: ignore[arg-type]  # permission was checked
    return faults, problem


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    item = _task_item(request, pk)
    assert item.current is not None  # noqa: S101 - _task_item asked
    name = f'attachment; filename="{item.code}.yaml"'
    text = as_yaml(item.current.content["simulation"])
    return HttpResponse(
        text, content_type="application/yaml; charset=utf-8", headers={"Content-Disposition": name}
    )
