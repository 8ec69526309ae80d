"""A package's content as one row by its hash, cleaned by the semantics of its libraries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from lms.accounts.api import Person
from media.h5p import bounded_json
from media.h5p.django_app.models import Activity, ActivityVersion, Content, ContentFile, Library
from media.h5p.django_app.stored_files import NewFiles, read
from media.h5p.errors import Issue, PackageError
from media.h5p.libraries import Library as Described
from media.h5p.libraries import read_library, resolve
from media.h5p.limits import Limits
from media.h5p.names import LibraryName, parse_name
from media.h5p.package import Package
from media.h5p.semantics import filter_params

_METADATA = ("title", "language", "license", "licenseVersion", "authors", "source")


@dataclass(frozen=True)
class StagedContent:
    """A content whose files lie ready; its rows are still to be written."""

    main: LibraryName
    libraries: tuple[LibraryName, ...]
    params: dict[str, Any]
    media: dict[str, str]  # path inside content/ → hash
    metadata: dict[str, Any]

    @property
    def hash(self) -> str:
        parts = [str(self.main), self.params, self.media, self.metadata]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, allow_nan=False).encode()).hexdigest()


def described(library: Library) -> Described:
    """The pure library's view of an installed one."""
    name = library.name
    data = {
        **library.manifest,
        "machineName": name.machine_name,
        "majorVersion": name.major,
        "minorVersion": name.minor,
    }
    found = read_library(data, name.folder)
    if found is None:
        raise ValueError(f"the installed library {library} cannot be read")
    return found


def stage_content(package: Package, files: NewFiles) -> StagedContent:
    """Before the transaction. Raises ``PackageError`` when a library is neither in the package nor installed."""
    installed = {library.name: library for library in Library.objects.all()}
    known = {name: described(library) for name, library in installed.items()} | package.libraries
    inner = (parse_name(one) for one in _named_libraries(package.content))
    wanted = [*package.dependencies, *(name for name in inner if name in known), package.main_library]
    resolution = resolve([name for name in wanted if name is not None], known)
    if resolution.missing:
        raise PackageError(
            tuple(Issue("missing-required-library", "", str(name)) for name in resolution.missing)
        )
    media = {
        path.removeprefix("content/"): files.add(package.stream(path)) for path in package.content_files()
    }
    metadata = {key: package.manifest[key] for key in _METADATA if key in package.manifest}
    params = _cleaned(package, installed)
    return StagedContent(package.main_library, resolution.ordered, params, media, metadata)


def _named_libraries(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            if isinstance(one.get("library"), str):
                yield one["library"]
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)


def _cleaned(package: Package, installed: dict[LibraryName, Library]) -> dict[str, Any]:
    def load(spelled: str) -> list[Any] | None:
        name = parse_name(spelled)
        if name in package.libraries:
            return package.semantics(name)
        return _installed_semantics(installed[name]) if name in installed else None

    semantics = load(str(package.main_library))
    if (
        not semantics
    ):  # a library without a form takes its content as it is; the frame's sandbox holds either way
        return package.content
    kept, _ = filter_params(semantics, package.content, load)
    return kept


def _installed_semantics(library: Library) -> list[Any]:
    stored = library.files.filter(path="semantics.json").first()
    if stored is None:
        return []
    found: list[Any] = bounded_json.parse(read(stored.hash), Limits())
    return found


def store_content(staged: StagedContent) -> Content:
    """Inside the caller's transaction, with the libraries installed."""
    rows = {library.name: library for library in Library.objects.all()}
    content, is_new = Content.objects.get_or_create(
        hash=staged.hash,
        defaults={
            "main_library": rows[staged.main],
            "params": staged.params,
            "metadata": staged.metadata,
        },
    )
    if is_new:
        content.libraries.set([rows[name] for name in staged.libraries])
        ContentFile.objects.bulk_create(
            ContentFile(content=content, path=path, hash=hash_) for path, hash_ in staged.media.items()
        )
    return content


def add_version(content: Content, activity: Activity, person: Person | None) -> ActivityVersion:
    """The next version of the activity; the same content again makes none."""
    if activity.current is not None and activity.current.content_id == content.pk:
        return activity.current
    last = activity.versions.aggregate(last=Max("number"))["last"] or 0
    version = ActivityVersion.objects.create(
        activity=activity, number=last + 1, content=content, created_by=person
    )
    activity.current = version
    activity.save(update_fields=["current"])
    return version
