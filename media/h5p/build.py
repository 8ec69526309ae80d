"""Writes a package that is the same to the byte for the same content."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from . import bounded_json
from .libraries import Library, read_library, resolve
from .limits import Limits
from .marked_words import join_phrases
from .names import LibraryName, parse_name
from .walk import machine_name

LibraryFiles = Mapping[str, bytes]  # path inside the library's folder → content; with library.json

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive knows
_MODE = 0o100644 << 16
_UNIX = 3


def build_package(
    params: Mapping[str, Any],
    main_library: LibraryName | str,
    libraries: Iterable[LibraryFiles | LibraryName],
    *,
    title: str = "H5P",
    language: str = "vi",
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """``media`` is keyed by the path inside ``content/``. Raises ``ValueError`` if the main library is not given.

    A library given by its name alone is named and not bundled: the host must have it.
    """
    files_of = {library.name: (library, files) for library, files in map(_described, libraries)}
    known = {name: library for name, (library, _) in files_of.items()}
    main = _main_library(main_library, known)
    needed = resolve([main], known)
    members = {
        "h5p.json": _json(_manifest(title, language, main, needed.ordered)),
        "content/content.json": _json(_with_joined_phrases(main.machine_name, params)),
    }
    members |= {f"content/{path}": body for path, body in (media or {}).items()}
    for name, (_, files) in files_of.items():
        members |= {f"{name.folder}/{path}": body for path, body in files.items()}
    return _archive(members)


def _described(files: LibraryFiles | LibraryName) -> tuple[Library, LibraryFiles]:
    if isinstance(files, LibraryName):
        return Library(files, 0, "", files.folder, True), {}
    data = bounded_json.parse(files.get("library.json", b""), Limits())
    library = read_library(data, "") if isinstance(data, dict) else None
    if library is None:
        raise ValueError("a library without a proper library.json")
    return library, files


def _main_library(wanted: LibraryName | str, known: Mapping[LibraryName, Library]) -> LibraryName:
    name = parse_name(wanted) if isinstance(wanted, str) and not isinstance(wanted, LibraryName) else wanted
    if not isinstance(name, LibraryName) or name not in known:
        raise ValueError(f"the main library {wanted} is not among the libraries")
    return name


def _manifest(title: str, language: str, main: LibraryName, ordered: Iterable[LibraryName]) -> dict[str, Any]:
    return {
        "title": title[:255],
        "language": language,
        "mainLibrary": main.machine_name,
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name.machine_name, "majorVersion": name.major, "minorVersion": name.minor}
            for name in ordered
        ],
    }


def _with_joined_phrases(library: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The same parameters with the phrases of every Mark the Words written so that its player keeps them whole."""
    copy = {key: _joined_inside(value) for key, value in params.items()}
    text = copy.get("textField")
    if library == "H5P.MarkTheWords" and isinstance(text, str):
        copy["textField"] = join_phrases(text)
    return copy


def _joined_inside(value: object) -> object:
    if isinstance(value, list):
        return [_joined_inside(one) for one in value]
    if not isinstance(value, dict):
        return value
    inner = value.get("params")
    if isinstance(value.get("library"), str) and isinstance(inner, dict):
        return {**value, "params": _with_joined_phrases(machine_name(value["library"]), inner)}
    return {key: _joined_inside(one) for key, one in value.items()}


def _json(value: object) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _archive(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(members, key=lambda one: (one != "h5p.json", one)):
            info = zipfile.ZipInfo(path, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = _MODE
            archive.writestr(info, members[path], compresslevel=9)
    return target.getvalue()
