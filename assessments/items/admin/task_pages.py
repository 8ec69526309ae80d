"""What every page of the task editor shares: who may be here, the steps, the save that loses nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.items.models import Item
from assessments.items.simulation.fault import Fault
from assessments.items.simulation.world import Task
from assessments.items.task_editor import check_draft
from assessments.items.task_editor.drafts import KIND, ChangedMeanwhile, Opened, open_task, save_draft

ADDRESSES = {
    check_draft.BRIEF: "items_task_brief",
    check_draft.MEMORY: "items_task_memory",
    check_draft.JUDGEMENT: "items_task_judgement",
    check_draft.RECORD: "items_task_record",
    check_draft.START: "items_task_editor",
    check_draft.SCREEN: "items_task_screen",
    check_draft.PART: "items_task_part",
}
_NAMED = {check_draft.SCREEN, check_draft.PART}


def opened_task(request: HttpRequest, pk: int) -> Opened:
    """For editors; anything else is refused."""
    may_edit(request, "items.change_item")
    opened = open_task(get_object_or_404(Item.objects.select_related("current", "skill"), pk=pk, kind=KIND))
    if opened is None:
        raise Http404
    return opened


def may_edit(request: HttpRequest, permission: str) -> None:
    if not (request.user.has_perm("wagtailadmin.access_admin") and request.user.has_perm(permission)):
        raise PermissionDenied


def save(request: HttpRequest, opened: Opened, task: Task, revision: int | None = None) -> bool:
    """False, with a sentence, when somebody else saved in between; nothing typed is thrown away then."""
    seen = opened if revision is None else replace(opened, revision=revision)
    try:
        save_draft(seen, task, request.user)  # type: ignore[arg-type]  # opened_task asked for the permission
    except ChangedMeanwhile:
        messages.error(
            request,
            _(
                "The task was saved in another window meanwhile. What you typed still stands here: save again."
            ),
        )
        return False
    return True


def faults_with_links(opened: Opened) -> list[dict[str, Any]]:
    """Errors first, each with the address where it is put right."""
    faults = check_draft.faults_of(opened.task, timezone.localdate())
    faults.sort(key=lambda fault: fault.level != "error")
    return [{"fault": fault, "href": address_of(opened, fault)} for fault in faults]


def address_of(opened: Opened, fault: Fault) -> str:
    place = check_draft.place_of(opened.task, fault)
    named = [place.name] if place.page in _NAMED else []
    address = reverse(ADDRESSES[place.page], args=[opened.item.pk, *named])
    return f"{address}#block-{place.anchor}-section" if place.anchor else address


def page_context(opened: Opened, page: str, title: Any) -> dict[str, Any]:
    pk = opened.item.pk
    steps = [
        (check_draft.START, _("Overview and map")),
        (check_draft.BRIEF, _("Brief")),
        (check_draft.MEMORY, _("What the task remembers")),
        (check_draft.RECORD, _("Do it and judge")),
        (check_draft.JUDGEMENT, _("Points and errors")),
    ]
    trail = [
        {"url": reverse("items_item:index"), "label": _("Items")},
        {"url": reverse("items_task_editor", args=[pk]), "label": opened.item.code},
    ]
    return {
        "item": opened.item,
        "task": opened.task,
        "opened": opened,
        "steps": [
            {"page": name, "label": label, "href": reverse(ADDRESSES[name], args=[pk])}
            for name, label in steps
        ],
        "page": page,
        "page_title": title,
        "header_title": f"{title} – {opened.item.code}",
        "header_icon": "mobile-alt",
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
    }
