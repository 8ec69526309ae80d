"""The name and version of a library, in the three spellings that H5P uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

MACHINE_NAME = re.compile(r"[\w\-.]{1,255}", re.ASCII)
VERSION_PART = re.compile(r"[0-9]{1,5}", re.ASCII)
_SPELLED = re.compile(r"([\w\-.]{1,255}?)[ -]([0-9]{1,5})\.([0-9]{1,5})(?:\.[0-9]{1,5})?", re.ASCII)


class LibraryName(NamedTuple):
    """``H5P.MultiChoice 1.16``: the patch version never matters for who needs whom."""

    machine_name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        return f"{self.machine_name}-{self.major}.{self.minor}"


def parse_name(text: str) -> LibraryName | None:
    """Reads ``Name 1.2`` and ``Name-1.2``."""
    found = _SPELLED.fullmatch(text)
    if found is None:
        return None
    return LibraryName(found[1], int(found[2]), int(found[3]))


def read_name(data: object) -> LibraryName | None:
    """Reads the three properties of a dependency or of library.json; None unless all are right."""
    if not isinstance(data, Mapping):
        return None
    name, major, minor = (_text(data, key) for key in ("machineName", "majorVersion", "minorVersion"))
    if (
        not MACHINE_NAME.fullmatch(name)
        or not VERSION_PART.fullmatch(major)
        or not VERSION_PART.fullmatch(minor)
    ):
        return None
    return LibraryName(name, int(major), int(minor))


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value) if isinstance(value, str) or abs(value) < 10**6 else ""
