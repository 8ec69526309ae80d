"""Checks the library folders of a package and who needs whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Any, BinaryIO

from . import bounded_json
from .archive import Entry, stream
from .errors import IssueLog
from .libraries import Library, read_dependencies, read_library
from .limits import Limits
from .manifest import LIBRARY_OPTIONAL, LIBRARY_REQUIRED, Checker
from .names import MACHINE_NAME, LibraryName

_LANGUAGE_FILE = re.compile(r"-?[a-z]+(?:-[a-z]+){0,6}\.json", re.ASCII | re.IGNORECASE)


def check_libraries(
    file: BinaryIO, entries: Mapping[str, Entry], limits: Limits, log: IssueLog
) -> dict[LibraryName, Library]:
    """The libraries that could be read, faulty ones included, so that one fault does not hide the next."""
    folders = {path.partition("/")[0] for path in entries if "/" in path} - {"content"}
    found: dict[LibraryName, Library] = {}
    for folder in sorted(folders):
        library = _check_library(folder, file, entries, limits, log)
        if library is None:
            continue
        if library.name in found:
            log.error("duplicate-library", folder, f"{library.name} is in the package twice")
        found[library.name] = library
    return found


def _check_library(
    folder: str, file: BinaryIO, entries: Mapping[str, Entry], limits: Limits, log: IssueLog
) -> Library | None:
    if not MACHINE_NAME.fullmatch(folder):
        log.error("invalid-library-name", folder, "not a name of a library")
        return None
    data = _read(f"{folder}/library.json", "invalid-library-json-file", file, entries, limits, log)
    _check_semantics(folder, file, entries, limits, log)
    _check_languages(folder, file, entries, limits, log)
    if not isinstance(data, dict):
        if data is not None:
            log.error("invalid-library-json-file", f"{folder}/library.json", "not a JSON object")
        return None
    checker = Checker(log, f"{folder}/library.json", "invalid-library-json-file", limits.dependencies)
    checker.check(data, LIBRARY_REQUIRED, LIBRARY_OPTIONAL)
    library = read_library(data, folder)
    if library is not None:
        _check_folder_name(library, log)
        _check_files(library, entries, log)
    return library


def _check_folder_name(library: Library, log: IssueLog) -> None:
    if library.folder not in (library.name.machine_name, library.name.folder):
        log.error("library-directory-name-mismatch", library.folder, f"should be {library.name.folder}")


def _check_files(library: Library, entries: Mapping[str, Entry], log: IssueLog) -> None:
    for path in library.scripts + library.styles:
        whole = f"{library.folder}/{path.removeprefix('/')}"
        if whole not in entries:
            log.error("library-missing-file", whole, "named in library.json but not in the package")


def _check_semantics(
    folder: str, file: BinaryIO, entries: Mapping[str, Entry], limits: Limits, log: IssueLog
) -> None:
    path = f"{folder}/semantics.json"
    if path not in entries:
        return
    semantics = _read(path, "invalid-semantics-json-file", file, entries, limits, log)
    if semantics is not None and not isinstance(semantics, list):
        log.error("invalid-semantics-json-file", path, "not a list of fields")


def _check_languages(
    folder: str, file: BinaryIO, entries: Mapping[str, Entry], limits: Limits, log: IssueLog
) -> None:
    start = f"{folder}/language/"
    for path in [path for path in entries if path.startswith(start)]:
        if not _LANGUAGE_FILE.fullmatch(path.removeprefix(start)):
            log.error("invalid-language-file", path, "not a name like language/vi.json")
        else:
            _read(path, "invalid-language-file", file, entries, limits, log)


def _read(
    path: str, code: str, file: BinaryIO, entries: Mapping[str, Entry], limits: Limits, log: IssueLog
) -> Any:
    if path not in entries:
        log.error(code, path, "missing")
        return None
    try:
        value = bounded_json.parse(b"".join(stream(file, entries[path], limits)), limits)
    except bounded_json.JsonError as problem:
        log.error(code if problem.code == "not-json" else problem.code, path, str(problem))
        return None
    if value is None:
        log.error(code, path, "empty")
    return value


def check_dependencies(
    manifest: Mapping[str, Any],
    libraries: Mapping[LibraryName, Library],
    installed: Set[LibraryName],
    log: IssueLog,
) -> LibraryName | None:
    """Reports what is needed and not there; returns the main library when h5p.json names one."""
    preloaded = read_dependencies(manifest.get("preloadedDependencies"))
    wanted = preloaded + read_dependencies(manifest.get("dynamicDependencies"))
    known = set(libraries) | set(installed)
    main = next((name for name in preloaded if name.machine_name == manifest.get("mainLibrary")), None)
    if main is None and isinstance(manifest.get("mainLibrary"), str):
        log.error("missing-main-library", "h5p.json", "the main library is not among the dependencies")
    for name in dict.fromkeys(wanted):
        if name not in known:
            code = "missing-main-library" if name == main else "missing-required-library"
            log.error(code, "h5p.json", f"{name} is missing")
    for library in libraries.values():
        _check_needs(library, known, log)
    return main


def _check_needs(library: Library, known: Set[LibraryName], log: IssueLog) -> None:
    path = f"{library.folder}/library.json"
    for name in dict.fromkeys(library.preloaded + library.dynamic):
        if name not in known:
            log.error("missing-library-dependency", path, f"{name} is missing")
    for name in dict.fromkeys(library.editor):
        if name not in known:
            log.warning("missing-editor-library", path, f"{name} is missing; only editing needs it")
