"""Dashboards of figures; only for roles that look after a unit, and only from that unit down."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.items.api import Skill
from assessments.proficiency import export_table
from assessments.proficiency.dashboard import Dashboard, audience_name, dashboard, query
from assessments.proficiency.figures import Figures, tree_around
from assessments.proficiency.scope import VIEWERS, own_units, sees
from assessments.proficiency.suppress import ALL
from lms.accounts.api import Audience
from lms.organisations.api import Unit, role_required


@dataclass(frozen=True)
class _Asked:
    """A checked request: what to show and how to get back up."""

    board: Dashboard
    above: list[Unit]


@require_safe
@role_required(*VIEWERS)
def start(request: HttpRequest) -> HttpResponse:
    """Straight to the only unit, or a choice."""
    own = own_units(request)
    if not own:
        raise PermissionDenied
    if len(own) == 1:
        return redirect("proficiency:unit", own[0].slug)
    return render(request, "proficiency/units.html", {"units": own})


@require_safe
@role_required(*VIEWERS)
def unit_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _asked(request, slug)
    board = asked.board
    context = {
        "board": board,
        "above": asked.above,
        "audience_name": audience_name(board.audience),
        "audience_links": _audience_links(board),
        "kept": query(board.skill.code, board.audience),
        "everybody": board.audience == ALL,
        "now": timezone.now(),
    }
    return _private(render(request, "proficiency/unit.html", context))


@require_safe
@role_required(*VIEWERS)
def unit_csv(request: HttpRequest, slug: str) -> HttpResponse:
    board = _asked(request, slug).board
    return _private(_download(export_table.csv_file(board), "text/csv; charset=utf-8", board, "csv"))


@require_safe
@role_required(*VIEWERS)
def unit_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    board = _asked(request, slug).board
    return _private(_download(export_table.xlsx_file(board), kind, board, "xlsx"))


def _asked(request: HttpRequest, slug: str) -> _Asked:
    """A unit outside the person's own units does not exist for them."""
    own = own_units(request)
    tree = tree_around(slug)
    unit = next((one for one in tree if one.slug == slug), None)
    if unit is None or not sees(own, unit):
        raise Http404
    skills = list(Skill.objects.all())
    skill = _chosen_skill(skills, request.GET.get("ky-nang", ""))
    audience = request.GET.get("doi-tuong", ALL)
    if audience != ALL and audience not in Audience.values:
        raise Http404
    figures = Figures(unit, tree)
    figures.load([one.pk for one in skills])
    above = [one for one in figures.chain if one.pk != unit.pk and sees(own, one)]
    return _Asked(dashboard(figures, _charted(skills, skill), skill, audience), above)


def _chosen_skill(skills: list[Skill], code: str) -> Skill:
    found = next((one for one in skills if one.code == code or not code), None)
    if found is None:
        raise Http404
    return found


def _charted(skills: list[Skill], chosen: Skill) -> list[Skill]:
    """The essential skills, and an extra one when it was asked for."""
    return [one for one in skills if one.essential or one.pk == chosen.pk]


def _audience_links(board: Dashboard) -> list[tuple[str, str, bool]]:
    return [
        (audience_name(code), query(board.skill.code, code), code == board.audience)
        for code in [ALL, *Audience.values]
    ]


def _download(content: bytes, kind: str, board: Dashboard, ending: str) -> HttpResponse:
    name = f"so-lieu-{board.unit.slug}-{board.skill.code}-{timezone.localdate():%Y%m%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
