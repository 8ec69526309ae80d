"""The worker's way with an upload: check, ask about libraries if need be, store everything or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from lms import vietnamese
from lms.accounts.api import Person
from media.h5p.django_app.bundles import bundle_of
from media.h5p.django_app.install_libraries import (
    changes_needed,
    install_library,
    installed_names,
    stage_libraries,
)
from media.h5p.django_app.models import Activity, Upload, UploadState
from media.h5p.django_app.store_content import add_version, stage_content, store_content
from media.h5p.django_app.stored_files import folder, new_files
from media.h5p.errors import Issue, PackageError
from media.h5p.package import Package, read_package

_CHECKED, _STAGED = 40, 80


def incoming_path(upload_uuid: uuid.UUID) -> Path:
    return folder("incoming") / f"{upload_uuid}.h5p"


def take_in_upload(upload_pk: int) -> None:
    """Called again after a killed worker it begins anew; an upload that is done or refused is left alone."""
    upload = Upload.objects.select_related("person", "activity").get(pk=upload_pk)
    if upload.state not in (UploadState.WAITING, UploadState.CHECKING, UploadState.STORING):
        return
    _move(upload, state=UploadState.CHECKING, percent=5, issues=[])
    try:
        with incoming_path(upload.uuid).open("rb") as file:
            _take_in(upload, file)
    except PackageError as refused:
        _refuse(upload, refused.issues)
    except FileNotFoundError:
        _refuse(upload, (Issue("unable-to-read-package-file", "", "the file is gone"),))
    if upload.state in (UploadState.DONE, UploadState.REFUSED):
        incoming_path(upload.uuid).unlink(missing_ok=True)


def _take_in(upload: Upload, file: BinaryIO) -> None:
    package = read_package(file, filename=upload.file_name, installed=installed_names())
    warnings = [_as_json(issue) for issue in package.issues]
    _move(upload, percent=_CHECKED, issues=warnings)
    changes = [change.as_json() for change in changes_needed(package)]
    if changes and upload.changes != changes:
        upload.libraries_confirmed_by = None  # what was agreed to is not what would happen now
    if changes and upload.libraries_confirmed_by is None:
        _move(upload, state=UploadState.ASKING, changes=changes, libraries_confirmed_by=None)
        return
    _move(upload, state=UploadState.STORING)
    store_package(
        package,
        Destination(upload.activity, upload.person, upload=upload),
        [change["name"] for change in changes],
    )


@dataclass(frozen=True)
class Destination:
    """Where a package goes: a new activity or the next version of one."""

    activity: Activity | None = None
    person: Person | None = None
    upload: Upload | None = None
    own: bool = False


def store_package(package: Package, into: Destination, library_names: Collection[str]) -> Activity:
    """Files first, beside their place; then every row in one short transaction."""
    with new_files() as files:
        libraries = stage_libraries(package, library_names, files)
        content = stage_content(package, files)
        if into.upload:
            _move(into.upload, percent=_STAGED)
        with transaction.atomic():
            for library in libraries:
                install_library(library, into.person, own=into.own)
            activity = into.activity or new_activity(package.title, into.person)
            version = add_version(store_content(content), activity, into.person)
            if into.upload:
                _move(into.upload, state=UploadState.DONE, percent=100, activity=activity)
            files.keep()
    bundle_of(version.content)
    return activity


def new_activity(title: str, person: Person | None) -> Activity:
    slug = slugify(vietnamese.folded(title))[:70] or "h5p"
    if Activity.objects.filter(slug=slug).exists():
        slug = f"{slug}-{uuid.uuid4().hex[:8]}"
    return Activity.objects.create(slug=slug, title=title, created_by=person)


def _refuse(upload: Upload, issues: tuple[Issue, ...]) -> None:
    _move(upload, state=UploadState.REFUSED, percent=100, issues=[_as_json(issue) for issue in issues])


def _as_json(issue: Issue) -> dict[str, str]:
    return {"code": issue.code, "path": issue.path, "message": issue.message, "level": issue.level}


def _move(upload: Upload, **fields: object) -> None:
    for name, value in fields.items():
        setattr(upload, name, value)
    upload.touched_at = timezone.now()
    upload.save(update_fields=[*fields, "touched_at"])
