"""Certificates of a unit after a test day: order, watch, take away. For the steering committee and administrators."""

from __future__ import annotations

import functools
import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.certificates.issuing.forms import BatchForm
from assessments.certificates.issuing.models import Batch, BatchState
from assessments.certificates.models import Certificate
from assessments.certificates.private_files import private_files
from assessments.certificates.record_event import DOWNLOADED, REPRINTED, append_events
from assessments.certificates.tasks import make_batch
from lms.accounts.api import Person
from lms.organisations.api import COMMUNE_LEVEL, RoleKind, Unit, UnitKind, role_required, units_visible_to

_ROLES = (RoleKind.COMMITTEE, RoleKind.ADMINISTRATOR)
_KINDS = (*COMMUNE_LEVEL, UnitKind.AGENCY, UnitKind.SCHOOL, UnitKind.ENTERPRISE, UnitKind.PARTY_COMMITTEE)
_SHOWN = 50
_RELOAD_SECONDS = 3
# A worker that was killed says nothing; after this long the batch is given to it again.
_STANDSTILL = timedelta(seconds=60)


@never_cache
@role_required(*_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """GET shows earlier batches and the form; the same form sent twice is one batch."""
    units = list(units_visible_to(request.user, *_ROLES).filter(kind__in=_KINDS).order_by("folded_name"))
    form = BatchForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_valid():
        return redirect("certificates:batch", batch_uuid=_order(request, form).uuid)
    context = {"form": form, "batches": _visible(request).select_related("unit")[:_SHOWN]}
    return render(request, "certificates/issuing/batches.html", context, status=400 if form.is_bound else 200)


@never_cache
@role_required(*_ROLES)
@require_safe
def batch(request: HttpRequest, batch_uuid: uuid.UUID) -> HttpResponse:
    """Reloads itself while the worker is busy, without JavaScript."""
    found = _one(request, batch_uuid)
    working = found.state == BatchState.WORKING
    if working and timezone.now() - found.touched_at > _STANDSTILL:
        _give_to_worker(found)
    context = {"batch": found, "working": working}
    response = render(request, "certificates/issuing/batch.html", context)
    if working:
        response.headers["Refresh"] = str(_RELOAD_SECONDS)
    return response


@never_cache
@role_required(*_ROLES)
@require_POST
def try_again(request: HttpRequest, batch_uuid: uuid.UUID) -> HttpResponse:
    """After a failure; pressed twice, it works once."""
    found = _one(request, batch_uuid)
    failed = Batch.objects.filter(pk=found.pk, state=BatchState.FAILED)
    if failed.update(state=BatchState.WORKING, problem="", touched_at=timezone.now()):
        transaction.on_commit(functools.partial(make_batch.delay, found.pk))
    return redirect("certificates:batch", batch_uuid=found.uuid)


@never_cache
@role_required(*_ROLES)
@require_safe
def archive(request: HttpRequest, batch_uuid: uuid.UUID) -> HttpResponseBase:
    """The sealed files."""
    found = _one(request, batch_uuid)
    return _file(request, found, found.archive, "application/zip", DOWNLOADED)


@never_cache
@role_required(*_ROLES)
@require_safe
def print_file(request: HttpRequest, batch_uuid: uuid.UUID) -> HttpResponseBase:
    """All papers in one file for the printer."""
    found = _one(request, batch_uuid)
    return _file(request, found, found.print_file, "application/pdf", REPRINTED)


def _file(request: HttpRequest, batch: Batch, name: str, kind: str, event: str) -> HttpResponseBase:
    """Every holder sees in the events of the certificate that it was taken away."""
    storage = private_files()
    if batch.state != BatchState.DONE or not name or not storage.exists(name):
        raise Http404
    if request.method == "GET":
        members = Certificate.objects.filter(batches__batch=batch)
        append_events(members, event, _person(request), {"batch": str(batch.uuid)})
    shown = f"chung-nhan-{batch.unit.slug}-{batch.last_day.isoformat()}.{name.rpartition('.')[2]}"
    response = FileResponse(storage.open(name), as_attachment=True, filename=shown)
    response["Content-Type"] = kind
    response["Cache-Control"] = "private, no-store"
    return response


def _order(request: HttpRequest, form: BatchForm) -> Batch:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            made = Batch.objects.create(
                uuid=said["batch_uuid"],
                unit=said["unit"],
                first_day=said["first_day"],
                last_day=said["last_day"],
                created_by=_person(request),
            )
    except IntegrityError:
        return _one(request, said["batch_uuid"])
    transaction.on_commit(functools.partial(make_batch.delay, made.pk))
    return made


def _visible(request: HttpRequest) -> QuerySet[Batch]:
    units: QuerySet[Unit] = units_visible_to(request.user, *_ROLES)
    return Batch.objects.filter(unit__in=units)


def _one(request: HttpRequest, batch_uuid: uuid.UUID) -> Batch:
    return get_object_or_404(_visible(request).select_related("unit"), uuid=batch_uuid)


def _give_to_worker(batch: Batch) -> None:
    still = Batch.objects.filter(pk=batch.pk, touched_at=batch.touched_at)
    if still.update(touched_at=timezone.now()):
        make_batch.delay(batch.pk)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user
