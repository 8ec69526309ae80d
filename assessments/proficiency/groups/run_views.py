"""Runs of the estimates in the admin: what is in force, what failed and why, and a button to estimate now."""

from __future__ import annotations

import functools

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.proficiency.groups.estimate_groups import RunBusy, begin_run
from assessments.proficiency.groups.models import EstimateRun
from assessments.proficiency.models import AuditRun
from assessments.proficiency.tasks import estimate_groups_task
from lms.organisations.api import RoleKind, request_has_role

_SHOWN = 30


def may_run(request: HttpRequest) -> bool:
    return request_has_role(request, RoleKind.ADMINISTRATOR)


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """For administrators."""
    if not may_run(request):
        raise PermissionDenied
    found = EstimateRun.objects.annotate(figures=Count("estimates"))[:_SHOWN]
    context = {"runs": found, "audit": AuditRun.objects.first()}
    return render(request, "proficiency/admin_runs.html", context)


@require_POST
def run_now(request: HttpRequest) -> HttpResponse:
    """For administrators; a second press while a run works starts none."""
    if not may_run(request):
        raise PermissionDenied
    try:
        run = begin_run()
    except RunBusy:
        messages.warning(request, _("A run is working already."))
    else:
        transaction.on_commit(functools.partial(estimate_groups_task.delay, run.pk))
        messages.success(request, _("The run was started."))
    return redirect("proficiency_runs")
