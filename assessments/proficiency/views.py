"""Dashboards of figures; only for roles that look after a unit, and only from that unit down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.proficiency import export_table
from assessments.proficiency.dashboard import Dashboard, audience_name, dashboard, query
from assessments.proficiency.dashboard_rows import SkillShown, numbers, skills_shown
from assessments.proficiency.explanation import facts, improvements, meaning
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
    return _private(render(request, "proficiency/unit.html", _context(request, slug)))


@require_safe
@role_required(*VIEWERS)
def unit_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page with everything open, for paper."""
    context = _context(request, slug)
    return _private(render(request, "proficiency/unit.html", {**context, "on_paper": True}))


@require_safe
@role_required(*VIEWERS)
def explain(request: HttpRequest, slug: str) -> HttpResponse:
    """Where one figure comes from, without a script."""
    context = _context(request, slug)
    more = {"facts": list(facts(context["board"])), "improvements": list(improvements(context["board"]))}
    return _private(render(request, "proficiency/explain.html", {**context, **more}))


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


def _context(request: HttpRequest, slug: str) -> dict[str, Any]:
    asked = _asked(request, slug)
    board = asked.board
    return {
        "board": board,
        "above": asked.above,
        "sentences": meaning(board),
        "audience_name": audience_name(board.audience),
        "audience_links": _audience_links(board),
        "kept": query(board.skill.code, board.audience),
        "everybody": board.audience == ALL,
        "now": timezone.now(),
    }


def _asked(request: HttpRequest, slug: str) -> _Asked:
    """A unit outside the person's own units does not exist for them."""
    own = own_units(request)
    tree = tree_around(slug)
    unit = next((one for one in tree if one.slug == slug), None)
    if unit is None or not sees(own, unit):
        raise Http404
    audience = request.GET.get("doi-tuong", ALL)
    if audience != ALL and audience not in Audience.values:
        raise Http404
    said = "" if audience == ALL else audience
    skills = skills_shown(slug, said)
    chosen = _chosen_skill(skills, request.GET.get("ky-nang", ""))
    charted = [one for one in skills if one.skill.essential or one is chosen]
    figures = Figures(unit, tree, estimated=chosen.run is not None)
    skill_ids = [one.skill.pk for one in charted]
    figures.load(numbers(tree, unit, chosen.skill, skill_ids, said, figures.estimated))
    above = [one for one in figures.chain if one.pk != unit.pk and sees(own, one)]
    return _Asked(dashboard(figures, charted, chosen, audience), above)


def _chosen_skill(skills: list[SkillShown], code: str) -> SkillShown:
    found = next((one for one in skills if one.skill.code == code or not code), None)
    if found is None:
        raise Http404
    return found


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
