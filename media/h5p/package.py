"""Opens an H5P package and finds all its faults; builds one that is the same to the byte every time."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from . import bounded_json
from .archive import ArchiveError, Entry, read_directory, stream
from .build import build_package
from .check_libraries import check_dependencies, check_libraries
from .errors import Issue, IssueLog, PackageError
from .libraries import Library, Resolution, read_dependencies, resolve
from .limits import Limits
from .manifest import PACKAGE_OPTIONAL, PACKAGE_REQUIRED, Checker
from .members import check_members, is_hidden
from .names import LibraryName
from .review_content import review_content

__all__ = ["Issue", "Limits", "Package", "PackageError", "build_package", "read_package"]

_MANIFEST = "h5p.json"
_CONTENT = "content/content.json"


@dataclass(frozen=True, slots=True)
class Package:
    """A checked package. File bodies stay in the archive and are streamed from there; the file must stay open."""

    file: BinaryIO
    manifest: dict[str, Any]
    content: dict[str, Any]
    main_library: LibraryName
    libraries: dict[LibraryName, Library]
    entries: dict[str, Entry]
    issues: tuple[Issue, ...]  # warnings only
    limits: Limits

    @property
    def title(self) -> str:
        return str(self.manifest["title"])

    @property
    def dependencies(self) -> tuple[LibraryName, ...]:
        preloaded = read_dependencies(self.manifest.get("preloadedDependencies"))
        return preloaded + read_dependencies(self.manifest.get("dynamicDependencies"))

    def load_order(self) -> Resolution:
        return resolve(self.dependencies, self.libraries)

    def stream(self, path: str) -> Iterator[bytes]:
        return stream(self.file, self.entries[path], self.limits)

    def read(self, path: str) -> bytes:
        return b"".join(self.stream(path))

    def content_files(self) -> tuple[str, ...]:
        """Pictures, sound and the like; without content.json."""
        return tuple(path for path in self.entries if path.startswith("content/") and path != _CONTENT)

    def library_files(self, name: LibraryName) -> tuple[str, ...]:
        folder = self.libraries[name].folder + "/"
        return tuple(path for path in self.entries if path.startswith(folder))

    def semantics(self, name: LibraryName) -> list[Any]:
        path = f"{self.libraries[name].folder}/semantics.json"
        if path not in self.entries:
            return []
        found: list[Any] = bounded_json.parse(self.read(path), self.limits)
        return found

    def library_hash(self, name: LibraryName) -> str:
        """Equal for equal files under equal names, whatever the archive around them."""
        whole = hashlib.sha256()
        folder = self.libraries[name].folder + "/"
        for path in sorted(self.library_files(name)):
            body = hashlib.sha256()
            for chunk in self.stream(path):
                body.update(chunk)
            whole.update(f"{path.removeprefix(folder)}\0{body.hexdigest()}\n".encode())
        return whole.hexdigest()


def read_package(
    fileobj: BinaryIO,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so one shared value is safe
    filename: str | None = None,
    installed: Collection[LibraryName] = (),
) -> Package:
    """Raises ``PackageError`` with all faults. ``installed`` libraries need not be in the package."""
    log = IssueLog()
    _check_extension(fileobj, filename, log)
    try:
        listed = read_directory(fileobj, limits)
    except ArchiveError as problem:
        log.error(problem.code, "", str(problem))
        raise PackageError(tuple(log.issues)) from None
    check_members(listed, limits, log)
    entries = _readable_entries(fileobj, listed, limits, log)
    manifest = _read_manifest(fileobj, entries, limits, log)
    content = _read_content(fileobj, entries, limits, log)
    libraries = check_libraries(fileobj, entries, limits, log)
    main = check_dependencies(manifest, libraries, frozenset(installed), log)
    review_content(content, manifest.get("mainLibrary"), entries, log)
    log.stop_if_failed()
    if main is None:  # a manifest without a main library has failed above
        raise PackageError(tuple(log.issues))
    return Package(fileobj, manifest, content, main, libraries, entries, tuple(log.issues), limits)


def _check_extension(fileobj: BinaryIO, filename: str | None, log: IssueLog) -> None:
    name = filename if filename is not None else getattr(fileobj, "name", None)
    if isinstance(name, str) and not name.lower().endswith(".h5p"):
        log.error("missing-h5p-extension", "", "the file name does not end in .h5p")


def _readable_entries(file: BinaryIO, listed: list[Entry], limits: Limits, log: IssueLog) -> dict[str, Entry]:
    """Streams every member once, counting what really comes out; hidden ones and folders are left behind."""
    readable: dict[str, Entry] = {}
    total = 0
    for entry in listed:
        if entry.is_folder and not entry.compressed:
            continue
        try:
            for chunk in stream(file, entry, limits):
                total += len(chunk)
                if total > limits.total_bytes:
                    log.error(
                        "total-size-too-large", entry.name, f"unpacks to more than {limits.total_bytes} bytes"
                    )
                    return readable
        except ArchiveError as problem:
            if not entry.is_encrypted:  # said already
                log.error(problem.code, entry.name, str(problem))
            continue
        if (not is_hidden(entry.name) and "/" in entry.name) or entry.name == _MANIFEST:
            readable.setdefault(entry.name, entry)
    return readable


def _read_manifest(
    file: BinaryIO, entries: dict[str, Entry], limits: Limits, log: IssueLog
) -> dict[str, Any]:
    if _MANIFEST not in entries:
        log.error("invalid-h5p-json-file", _MANIFEST, "h5p.json is missing")
        return {}
    manifest = _read_object(file, entries[_MANIFEST], limits, log)
    if manifest is None:
        return {}
    checker = Checker(log, _MANIFEST, "invalid-h5p-json-file", limits.dependencies)
    checker.check(manifest, PACKAGE_REQUIRED, PACKAGE_OPTIONAL)
    return manifest


def _read_content(file: BinaryIO, entries: dict[str, Entry], limits: Limits, log: IssueLog) -> dict[str, Any]:
    if _CONTENT not in entries:
        log.error("invalid-content-folder", _CONTENT, "content/content.json is missing")
        return {}
    return _read_object(file, entries[_CONTENT], limits, log) or {}


def _read_object(file: BinaryIO, entry: Entry, limits: Limits, log: IssueLog) -> dict[str, Any] | None:
    try:
        value = bounded_json.parse(b"".join(stream(file, entry, limits)), limits)
    except bounded_json.JsonError as problem:
        code = "unable-to-parse-package" if problem.code == "not-json" else problem.code
        log.error(code, entry.name, str(problem))
        return None
    if isinstance(value, dict):
        return value
    log.error("unable-to-parse-package", entry.name, "not a JSON object")
    return None
