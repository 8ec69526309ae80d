"""Import of a list: send, look at the check, save. For facilitators, cell secretaries and administrators."""

from __future__ import annotations

import functools
import uuid
from datetime import timedelta
from typing import Any

from celery import Task
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms import vietnamese
from lms.organisations.context import ROSTER_ROLES
from lms.organisations.forms import ImportForm
from lms.organisations.models import ImportState, PeopleImport, Unit
from lms.organisations.people_import.run_import import begin_saving
from lms.organisations.scope import role_required, units_visible_to
from lms.organisations.tasks import check_import_task, save_import_task
from lms.organisations.views import signed_in, visible_unit

# A worker that was killed says nothing; after this long the list is given to it again.
_STANDSTILL = timedelta(seconds=60)
_RELOAD_SECONDS = 3
_WORKING = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.SAVING)


@never_cache
@role_required(*ROSTER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def send_list(request: HttpRequest, unit_uuid: uuid.UUID) -> HttpResponse:
    unit = visible_unit(request, unit_uuid)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            job = _keep(request, unit, form.cleaned_data["file"], form.cleaned_data["import_uuid"])
            return redirect("organisations:import_progress", import_uuid=job.uuid)
    status = 400 if form.is_bound else 200
    return render(request, "organisations/send_list.html", {"unit": unit, "form": form}, status=status)


@never_cache
@role_required(*ROSTER_ROLES)
@require_safe
def import_progress(request: HttpRequest, import_uuid: uuid.UUID) -> HttpResponse:
    """Reloads itself while the worker is busy, without JavaScript."""
    job = _visible_import(request, import_uuid)
    if job.state in _WORKING and timezone.now() - job.touched_at > _STANDSTILL:
        _give_to_worker(job)
    working = job.state in _WORKING
    response = render(request, "organisations/import_progress.html", {"job": job, "working": working})
    if working:
        response.headers["Refresh"] = str(_RELOAD_SECONDS)
    return response


@never_cache
@role_required(*ROSTER_ROLES)
@require_POST
def save_list(request: HttpRequest, import_uuid: uuid.UUID) -> HttpResponse:
    """Pressed twice, it saves once."""
    job = _visible_import(request, import_uuid)
    if begin_saving(job):
        transaction.on_commit(functools.partial(save_import_task.delay, job.pk))
    return redirect("organisations:import_progress", import_uuid=job.uuid)


def _visible_import(request: HttpRequest, import_uuid: uuid.UUID) -> PeopleImport:
    """Seen by those who may see every unit that it fills."""
    units = units_visible_to(request.user, *ROSTER_ROLES)
    return get_object_or_404(
        PeopleImport.objects.select_related("unit").filter(unit__in=units), uuid=import_uuid
    )


def _keep(request: HttpRequest, unit: Unit, file: UploadedFile[Any], import_uuid: uuid.UUID) -> PeopleImport:
    """The same form sent twice is one import."""
    name = vietnamese.normal(file.name or "")[-200:]
    ending = ".xlsx" if name.lower().endswith(".xlsx") else ".csv"
    file.name = f"{import_uuid}{ending}"
    try:
        with transaction.atomic():
            job = PeopleImport.objects.create(
                uuid=import_uuid, unit=unit, created_by=signed_in(request), file=file, file_name=name
            )
    except IntegrityError:
        return _visible_import(request, import_uuid)
    transaction.on_commit(functools.partial(check_import_task.delay, job.pk))
    return job


def _give_to_worker(job: PeopleImport) -> None:
    task: Task = save_import_task if job.state == ImportState.SAVING else check_import_task
    changed = PeopleImport.objects.filter(pk=job.pk, touched_at=job.touched_at).update(
        touched_at=timezone.now()
    )
    if changed:
        task.delay(job.pk)
