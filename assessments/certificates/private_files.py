"""Where papers lie: apart from uploads, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

# A worker that tidies up may remove an empty folder just before another one fills it.
_TRIES = 5


class DurableFiles(FileSystemStorage):
    """A file is there whole or not at all, also after a power cut; writing it again takes its place."""

    def _save(self, name: str, content: File[bytes]) -> str:
        path = Path(self.path(name))
        # Apart from the folder itself: whoever tidies that up does not take half of a file away.
        unfinished = Path(self.path(f"unfinished/{secrets.token_hex(16)}"))
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        for _ in range(_TRIES):
            path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                os.replace(unfinished, path)
                return name
        raise FileNotFoundError(path)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name


def private_files() -> Storage:
    """Certificates carry full names: they never lie where uploads are served from."""
    if "private" in settings.STORAGES:
        return storages["private"]
    return DurableFiles(location=settings.VAR / "certificates")
