"""Compares a package's libraries with what is installed, and installs them once somebody with the right agreed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from lms.accounts.api import Person
from media.h5p import bounded_json
from media.h5p.django_app.models import Library, LibraryFile
from media.h5p.django_app.stored_files import NewFiles
from media.h5p.names import LibraryName
from media.h5p.package import Package

_MANIFEST_KEYS = ("preloadedDependencies", "dynamicDependencies", "preloadedJs", "preloadedCss", "title")


@dataclass(frozen=True)
class Change:
    """What installing one library would do. ``change`` is new, newer, older or altered."""

    name: str
    installed: str
    offered: str
    change: str
    scripts: int
    used_in: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class StagedLibrary:
    """A library whose files lie ready; its rows are still to be written."""

    name: LibraryName
    fields: dict[str, Any]
    files: dict[str, str]  # path inside the library → hash


def installed_names() -> set[LibraryName]:
    rows = Library.objects.values_list("machine_name", "major", "minor")
    return {LibraryName(*row) for row in rows}


def changes_needed(package: Package) -> list[Change]:
    """Empty when every library in the package is installed with equal files."""
    known = {library.name: library for library in Library.objects.all()}
    changes = []
    for name, offered in sorted(package.libraries.items()):
        installed = known.get(name)
        scripts = sum(path.endswith(".js") for path in package.library_files(name))
        version = f"{name.major}.{name.minor}.{offered.patch}"
        if installed is None:
            changes.append(Change(str(name), "", version, "new", scripts, 0))
        elif installed.tree_hash != package.library_hash(name):
            kind = _direction(installed.patch, offered.patch)
            used = installed.used_in.count()
            changes.append(Change(str(name), installed.version, version, kind, scripts, used))
    return changes


def _direction(installed: int, offered: int) -> str:
    if offered == installed:
        return "altered"
    return "newer" if offered > installed else "older"


def stage_libraries(package: Package, names: Collection[str], files: NewFiles) -> list[StagedLibrary]:
    """Before the transaction. ``names`` as the changes have them."""
    return [_stage(package, name, files) for name in package.libraries if str(name) in names]


def _stage(package: Package, name: LibraryName, files: NewFiles) -> StagedLibrary:
    found = package.libraries[name]
    manifest = bounded_json.parse(package.read(f"{found.folder}/library.json"), package.limits)
    fields = {
        "patch": found.patch,
        "title": found.title,
        "runnable": found.runnable,
        "tree_hash": package.library_hash(name),
        "manifest": {key: manifest[key] for key in _MANIFEST_KEYS if key in manifest},
    }
    prefix = f"{found.folder}/"
    stored = {
        path.removeprefix(prefix): files.add(package.stream(path)) for path in package.library_files(name)
    }
    return StagedLibrary(name, fields, stored)


def install_library(staged: StagedLibrary, person: Person | None, *, own: bool) -> Library:
    """Inside the caller's transaction. Contents that use a replaced library get its new files."""
    about = {"is_own": own, "installed_at": timezone.now(), "installed_by": person}
    library, _ = Library.objects.update_or_create(
        machine_name=staged.name.machine_name,
        major=staged.name.major,
        minor=staged.name.minor,
        defaults={**staged.fields, **about},
    )
    library.files.all().delete()
    LibraryFile.objects.bulk_create(
        LibraryFile(library=library, path=path, hash=hash_) for path, hash_ in staged.files.items()
    )
    return library
