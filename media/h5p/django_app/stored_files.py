"""Files by the hash of what is in them, under ``uploads/h5p``; never served by their path."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def folder(name: str) -> Path:
    found = Path(settings.MEDIA_ROOT) / "h5p" / name
    found.mkdir(parents=True, exist_ok=True)
    return found


def path_of(hash_: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "h5p" / "files" / hash_[:2] / hash_


def read(hash_: str) -> bytes:
    return path_of(hash_).read_bytes()


class NewFiles:
    """Files that are written beside their place first; they get their names when all of them are whole."""

    def __init__(self, staging: Path) -> None:
        self._staging = staging
        self._moved: list[Path] = []

    def add(self, chunks: Iterable[bytes]) -> str:
        digest = hashlib.sha256()
        handle, name = tempfile.mkstemp(dir=self._staging)
        with os.fdopen(handle, "wb") as target:
            for chunk in chunks:
                digest.update(chunk)
                target.write(chunk)
        Path(name).rename(self._staging / digest.hexdigest())
        return digest.hexdigest()

    def body(self, hash_: str) -> bytes | None:
        """A file that is still beside its place."""
        staged = self._staging / hash_
        return staged.read_bytes() if staged.exists() else None

    def keep(self) -> None:
        """To be called right before the rows that name them are committed."""
        for staged in self._staging.iterdir():
            place = path_of(staged.name)
            if place.exists():
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            staged.rename(place)
            self._moved.append(place)

    def take_back(self) -> None:
        for place in self._moved:
            place.unlink(missing_ok=True)


@contextmanager
def new_files() -> Iterator[NewFiles]:
    """Nothing is left behind when the block fails."""
    staging = Path(tempfile.mkdtemp(dir=folder("staging")))
    files = NewFiles(staging)
    try:
        yield files
    except BaseException:
        files.take_back()
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
