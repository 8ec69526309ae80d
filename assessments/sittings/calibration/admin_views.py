"""How well items measure: runs of calibration, and a page for each skill. For editors; reviewers may start a run."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.items.api import Skill
from assessments.sittings.calibration import charts
from assessments.sittings.calibration.item_report import Line, lines_of
from assessments.sittings.calibration.models import Calibration, ParameterStatus, RunState
from assessments.sittings.calibration.read_answers import measured
from assessments.sittings.calibration.run import RunBusy, begin_run
from assessments.sittings.selecting.cuts import BASIC, PROFICIENT
from assessments.sittings.tasks import calibrate_task

# As many items as a sitting has at most; see Blueprint.max_items.
_LENGTH = 17
_RUNS = 40
_LABELS = tuple(range(-4, 5))


@require_GET
def measurement(request: HttpRequest) -> HttpResponse:
    may_see(request)
    skills = Skill.objects.all()
    in_force = {one.skill_id: one for one in Calibration.objects.filter(state=RunState.IN_FORCE)}
    context = {
        "skills": [(skill, in_force.get(skill.pk), measured(skill.code).count()) for skill in skills],
        "runs": Calibration.objects.select_related("skill").order_by("-started_at", "-pk")[:_RUNS],
        "working": Calibration.objects.filter(state=RunState.RUNNING).exists(),
        "may_start": may_start(request),
    }
    return render(request, "sittings/admin/measurement.html", context)


@require_GET
def skill_measurement(request: HttpRequest, skill: str) -> HttpResponse:
    may_see(request)
    found = get_object_or_404(Skill, code=skill)
    calibration = Calibration.objects.filter(skill=found, state=RunState.IN_FORCE).first()
    context: dict[str, Any] = {"skill": found, "calibration": calibration}
    lines = lines_of(calibration) if calibration is not None else []
    if calibration is not None and lines:
        context |= _drawn(calibration, lines)
    return render(request, "sittings/admin/skill.html", context)


@require_POST
def start_calibration(request: HttpRequest, skill: str) -> HttpResponse:
    if not may_start(request):
        raise PermissionDenied
    found = get_object_or_404(Skill, code=skill)
    try:
        run = begin_run(found.code)
    except RunBusy:
        messages.warning(request, _("A calibration of this skill is running already."))
    else:
        calibrate_task.delay(run.pk)
        messages.success(request, _("The calibration has begun. Load this page again to see how far it is."))
    return redirect("sittings_measurement")


def may_see(request: HttpRequest) -> None:
    """Raises ``PermissionDenied`` for everybody who may not change items."""
    if not request.user.has_perms(("wagtailadmin.access_admin", "items.change_item")):
        raise PermissionDenied


def may_start(request: HttpRequest) -> bool:
    return bool(request.user.has_perms(("wagtailadmin.access_admin", "items.review_item")))


def _drawn(calibration: Calibration, lines: list[Line]) -> dict[str, Any]:
    ability = calibration.settings.get("ability", {"theta": [], "share": []})
    rows = [line.row for line in lines]
    curve = charts.information_curve(
        np.array([row.a for row in rows]),
        np.array([row.b for row in rows]),
        np.array([row.c for row in rows]),
        _LENGTH,
    )
    return {
        "lines": lines,
        "map": charts.item_map(
            ability["theta"], ability["share"], [(line.row.pk, line.row.b, line.sure) for line in lines]
        ),
        "median": _median(ability),
        "curve": curve,
        "length": _LENGTH,
        "errors": [
            (theta, charts.error_at(curve, theta)) for theta in (-2.0, -1.0, BASIC, 0.0, PROFICIENT, 1.0, 2.0)
        ],
        "best": float(curve.theta[int(curve.information.argmax())]),
        "ticks": [(charts.x_of(one), one) for one in _LABELS],
        "cuts": [(charts.x_of(BASIC), _("basic")), (charts.x_of(PROFICIENT), _("proficient"))],
        "basic": BASIC,
        "proficient": PROFICIENT,
        "counted": {str(status): sum(row.status == status for row in rows) for status in ParameterStatus},
        "to_look_at": sum(line.sure and bool(line.notes) for line in lines),
    }


def _median(ability: dict[str, list[float]]) -> float | None:
    if not ability["theta"]:
        return None
    return float(np.interp(0.5, np.cumsum(ability["share"]), ability["theta"]))
