"""Offers the reader of answer cards as static files: two files of js-aruco2, which npm fetches at set-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PREFIX = "js-aruco2"
FILES = ("cv.js", "aruco.js")


class CardReaderFinder(BaseFinder):
    def _storage(self) -> FileSystemStorage:
        storage = FileSystemStorage(location=settings.CARD_READER_DIR)
        storage.prefix = PREFIX  # type: ignore[attr-defined]  # collectstatic reads it
        return storage

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        storage = self._storage()
        name = path.removeprefix(f"{PREFIX}/")
        found = name in FILES and path != name and storage.exists(name)
        if find_all:
            return [storage.path(name)] if found else []
        return storage.path(name) if found else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        storage = self._storage()
        return [(name, storage) for name in FILES if storage.exists(name)]


def reader_is_here() -> bool:
    storage = FileSystemStorage(location=settings.CARD_READER_DIR)
    return all(storage.exists(name) for name in FILES)
