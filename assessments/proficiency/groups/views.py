"""Residents and reference samples, for the steering committee and administrators, within their own units."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.proficiency.groups.draw_sample import TooFewPeople, draw_sample, note_reply
from assessments.proficiency.groups.forms import ReplyForm, ResidentsForm, SampleForm
from assessments.proficiency.groups.import_cells import CellsImport, import_cells
from assessments.proficiency.groups.models import PopulationCell, ReferenceMember, ReferenceSample, Reply
from lms.accounts.api import Person
from lms.organisations.api import BadFile, RoleKind, Unit, role_required, units_visible_to

ROLES = (RoleKind.COMMITTEE, RoleKind.ADMINISTRATOR)
_PER_PAGE = 50


@never_cache
@role_required(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def residents(request: HttpRequest) -> HttpResponse:
    """What is known, and a table to send; a table without one good row is answered with 400."""
    sent = request.method == "POST"
    form = ResidentsForm(request.POST, request.FILES) if sent else ResidentsForm()
    found: CellsImport | None = None
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = import_cells(file.name or "", file.read(), _top(request), form.origin())
        except BadFile as problem:
            form.add_error("file", str(problem))
    failed = form.is_bound and (found is None or not found.saved)
    context = {"form": form, "found": found, "sources": _sources(request)}
    return render(request, "proficiency/residents.html", context, status=400 if failed else 200)


@never_cache
@role_required(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """Samples drawn so far, and a form to draw one."""
    form = SampleForm(request.POST if request.method == "POST" else None, units=_units(request))
    if request.method == "POST" and form.is_valid():
        try:
            sample = draw_sample(form.wish(), _person(request))
        except TooFewPeople as problem:
            form.add_error("size", _("The unit has %(n)d people only.") % {"n": problem.people})
        else:
            return redirect("proficiency:sample", sample.uuid)
    context = {"form": form, "samples": _visible_samples(request)}
    return render(request, "proficiency/samples.html", context, status=400 if form.is_bound else 200)


@never_cache
@role_required(*ROLES)
@require_safe
def sample_page(request: HttpRequest, sample_uuid: uuid.UUID) -> HttpResponse:
    """Who was drawn, and what came of it."""
    sample = get_object_or_404(_visible_samples(request), uuid=sample_uuid)
    members = sample.members.select_related("person").order_by("person__sort_name", "pk")
    page = Paginator(members, _PER_PAGE).get_page(request.GET.get("page"))
    context = {"sample": sample, "page": page, "replies": [Reply.DRAWN, Reply.REACHED, Reply.REFUSED]}
    return render(request, "proficiency/sample.html", context)


@never_cache
@role_required(*ROLES)
@require_POST
def reply(request: HttpRequest, sample_uuid: uuid.UUID) -> HttpResponse:
    """Reached or declined; that somebody took part is told by their sitting."""
    sample = get_object_or_404(_visible_samples(request), uuid=sample_uuid)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Choose one of the answers."), status=400)
    member = get_object_or_404(ReferenceMember, sample=sample, pk=form.cleaned_data["member"])
    if note_reply(member, form.cleaned_data["state"]):
        messages.success(request, _("Saved."))
    return redirect("proficiency:sample", sample.uuid)


def _units(request: HttpRequest) -> QuerySet[Unit]:
    return units_visible_to(request.user, *ROLES)


def _top(request: HttpRequest) -> Unit:
    """The highest unit of the person's role: rows of other units are refused."""
    unit = _units(request).order_by("depth", "path").first()
    if unit is None:
        raise PermissionDenied
    return unit


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _sources(request: HttpRequest) -> list[Any]:
    cells = PopulationCell.objects.filter(unit__in=_units(request)).order_by("-as_of", "source")
    by_source = cells.values("source", "as_of")
    return list(by_source.annotate(communes=Count("unit", distinct=True), all=Sum("people")))


def _visible_samples(request: HttpRequest) -> QuerySet[ReferenceSample]:
    responded = Count("members", filter=Q(members__state=Reply.RESPONDED))
    refused = Count("members", filter=Q(members__state=Reply.REFUSED))
    mine = ReferenceSample.objects.filter(unit__in=_units(request)).select_related("unit", "skill")
    return mine.annotate(responded=responded, refused=refused).order_by("-drawn_on", "-pk")
