"""Libraries of a package and the order in which they must be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .names import LibraryName, read_name

Dependencies = tuple[LibraryName, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """What of library.json matters after the check."""

    name: LibraryName
    patch: int
    title: str
    folder: str
    runnable: bool
    preloaded: Dependencies = ()
    dynamic: Dependencies = ()
    editor: Dependencies = ()
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """``ordered`` puts every library after all that it needs; ``missing`` names what nobody brought."""

    ordered: tuple[LibraryName, ...]
    missing: tuple[LibraryName, ...]


def read_library(data: Mapping[str, Any], folder: str) -> Library | None:
    """From a checked library.json; None when even its name is not right."""
    name = read_name(data)
    if name is None:
        return None
    return Library(
        name=name,
        patch=_number(data.get("patchVersion")),
        title=str(data.get("title", ""))[:255],
        folder=folder,
        runnable=_number(data.get("runnable")) == 1,
        preloaded=read_dependencies(data.get("preloadedDependencies")),
        dynamic=read_dependencies(data.get("dynamicDependencies")),
        editor=read_dependencies(data.get("editorDependencies")),
        scripts=_paths(data.get("preloadedJs")),
        styles=_paths(data.get("preloadedCss")),
    )


def read_dependencies(value: object) -> Dependencies:
    """The well-formed ones; what is not well formed has been reported by the check of the manifest."""
    parts = [value] if isinstance(value, dict) else value
    if not isinstance(parts, list):
        return ()
    names = (read_name(part) for part in parts)
    return tuple(name for name in names if name is not None)


def resolve(wanted: Iterable[LibraryName], libraries: Mapping[LibraryName, Library]) -> Resolution:
    """Dependencies first, each once; a circle is entered once and left, as the reference player does.

    Follows preloaded and dynamic dependencies. Without recursion: a chain of a thousand libraries is no danger.
    """
    ordered: list[LibraryName] = []
    missing: list[LibraryName] = []
    seen: set[LibraryName] = set()
    stack = [(name, False) for name in reversed(list(wanted))]
    while stack:
        name, needs_are_done = stack.pop()
        if needs_are_done:
            ordered.append(name)
        elif name not in seen:
            seen.add(name)
            library = libraries.get(name)
            if library is None:
                missing.append(name)
                continue
            stack.append((name, True))
            stack.extend((need, False) for need in reversed(library.preloaded + library.dynamic))
    return Resolution(tuple(ordered), tuple(missing))


def _paths(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    paths = (part.get("path") for part in value if isinstance(part, dict))
    return tuple(path.replace("\\", "/") for path in paths if isinstance(path, str))


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
