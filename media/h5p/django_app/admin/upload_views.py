"""Send a package, watch the worker, decide about libraries. For editors; libraries for installers only."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from media.h5p.django_app.admin.access import INSTALL, editor_of, installer_of
from media.h5p.django_app.admin.forms import UploadForm
from media.h5p.django_app.messages import sentence
from media.h5p.django_app.models import Activity, Upload, UploadState
from media.h5p.django_app.receive_upload import (
    WORKING,
    confirm_libraries,
    discard,
    receive_upload,
    wake_worker,
)

_RELOAD_SECONDS = 2


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, activity_pk: int | None = None) -> HttpResponse:
    person = editor_of(request)
    activity = get_object_or_404(Activity, pk=activity_pk) if activity_pk else None
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        upload = receive_upload(data["upload_uuid"], data["file"], person, activity)
        return redirect("h5p_upload", upload.uuid)
    status = 400 if form.is_bound else 200
    return render(request, "h5p/admin/send.html", {"form": form, "activity": activity}, status=status)


@never_cache
@require_safe
def upload(request: HttpRequest, upload_uuid: uuid.UUID) -> HttpResponse:
    """Reloads itself while the worker is busy, without JavaScript; a refused package is answered with 422."""
    person = editor_of(request)
    found = get_object_or_404(Upload.objects.select_related("activity"), uuid=upload_uuid)
    wake_worker(found)
    working = found.state in WORKING
    context = {
        "upload": found,
        "working": working,
        "issues": [{**issue, "sentence": sentence(issue["code"])} for issue in found.issues],
        "may_install": person.has_perm(INSTALL),
    }
    status = 422 if found.state == UploadState.REFUSED else 200
    response = render(request, "h5p/admin/upload.html", context, status=status)
    if working:
        response.headers["Refresh"] = str(_RELOAD_SECONDS)
    return response


@require_POST
def decide(request: HttpRequest, upload_uuid: uuid.UUID) -> HttpResponse:
    """Install what was shown, or throw the package away."""
    found = get_object_or_404(Upload, uuid=upload_uuid)
    if request.POST.get("bo") == "1":
        editor_of(request)
        discard(found)
        return redirect("h5p_activities")
    confirm_libraries(found, installer_of(request))
    return redirect("h5p_upload", upload_uuid)
