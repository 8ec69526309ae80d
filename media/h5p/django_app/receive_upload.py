"""A package arrives: its file is laid aside whole, then one row says so, then the worker is called."""

from __future__ import annotations

import functools
import uuid
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms import vietnamese
from lms.accounts.api import Person
from media.h5p.django_app.models import Activity, Upload, UploadState
from media.h5p.django_app.take_in_package import incoming_path
from media.h5p.django_app.tasks import take_in_task

WORKING = (UploadState.WAITING, UploadState.CHECKING, UploadState.STORING)
# A worker that was killed says nothing; after this long the package is given to it again.
_STANDSTILL = timedelta(seconds=60)
# What was refused, or never decided, is forgotten after this long.
_KEPT = timedelta(days=14)


def receive_upload(
    upload_uuid: uuid.UUID, file: UploadedFile[Any], person: Person, activity: Activity | None
) -> Upload:
    """The same form sent twice is one upload."""
    _forget_old()
    known = Upload.objects.filter(uuid=upload_uuid).first()
    if known:
        return known
    place = incoming_path(upload_uuid)
    part = place.with_suffix(f".{uuid.uuid4().hex}")
    try:
        with part.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        part.rename(place)
    finally:
        part.unlink(missing_ok=True)
    name = vietnamese.normal(file.name or "")[-200:]
    try:
        with transaction.atomic():
            upload = Upload.objects.create(uuid=upload_uuid, person=person, file_name=name, activity=activity)
            transaction.on_commit(functools.partial(take_in_task.delay, upload.pk))
    except IntegrityError:
        return Upload.objects.get(uuid=upload_uuid)
    return upload


def confirm_libraries(upload: Upload, person: Person) -> None:
    """Pressed twice, it goes on once."""
    waiting = Upload.objects.filter(pk=upload.pk, state=UploadState.ASKING)
    if waiting.update(state=UploadState.WAITING, libraries_confirmed_by=person, touched_at=timezone.now()):
        transaction.on_commit(functools.partial(take_in_task.delay, upload.pk))


def discard(upload: Upload) -> None:
    """Nothing of a package that waits for a decision stays."""
    if Upload.objects.filter(pk=upload.pk, state=UploadState.ASKING).delete()[0]:
        incoming_path(upload.uuid).unlink(missing_ok=True)


def wake_worker(upload: Upload) -> None:
    if upload.state in WORKING and timezone.now() - upload.touched_at > _STANDSTILL:
        Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now())
        take_in_task.delay(upload.pk)


def _forget_old() -> None:
    old = Upload.objects.filter(
        touched_at__lt=timezone.now() - _KEPT, state__in=(UploadState.REFUSED, UploadState.ASKING)
    )
    for upload in old:
        incoming_path(upload.uuid).unlink(missing_ok=True)
        upload.delete()
