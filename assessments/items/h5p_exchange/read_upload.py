"""A package that somebody sent, as contents of items. Pure: no Django."""

from __future__ import annotations

from typing import BinaryIO

from assessments.items.h5p_exchange.from_h5p import contents_of
from assessments.items.h5p_exchange.plain_text import plain
from assessments.items.h5p_exchange.refusal import NotSayable
from assessments.items.verdict import Content
from media.h5p.errors import PackageError
from media.h5p.limits import MEGABYTE, Limits
from media.h5p.names import LibraryName, parse_name
from media.h5p.package import Package, read_package

# Questions are text; what is larger is something else, and this is read while the person waits.
LIMITS = Limits(archive_bytes=16 * MEGABYTE, total_bytes=32 * MEGABYTE, json_bytes=MEGABYTE // 2)
_MISSING = frozenset({"missing-main-library", "missing-required-library", "missing-library-dependency"})


def read_upload(file: BinaryIO, filename: str) -> tuple[str, list[Content]]:
    """Title and contents. Raises ``PackageError`` and ``NotSayable``."""
    package = _read(file, filename)
    if package.content_files():
        raise NotSayable("has-media")
    try:
        title = plain(package.title, 255)
    except NotSayable:
        title = ""
    return title, contents_of(package.main_library.machine_name, package.content)


def _read(file: BinaryIO, filename: str) -> Package:
    """Only the questions are read here, so libraries that are named may be missing."""
    try:
        return read_package(file, limits=LIMITS, filename=filename)
    except PackageError as problem:
        missing = _missing(problem)
        if not missing:
            raise
    return read_package(file, limits=LIMITS, filename=filename, installed=missing)


def _missing(problem: PackageError) -> frozenset[LibraryName]:
    """Empty when anything else is wrong too."""
    faults = [issue for issue in problem.issues if issue.level == "error"]
    names = [parse_name(issue.message.removesuffix(" is missing")) for issue in faults]
    if any(issue.code not in _MISSING for issue in faults) or None in names:
        return frozenset()
    return frozenset(name for name in names if name is not None)
