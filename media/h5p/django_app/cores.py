"""The two players inside the frame: H5P's own from npm, and our small one for our own libraries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from media.h5p.django_app.bundles import LIBRARY_FOLDER, Bundle, Source, build

_OURS = Path(__file__).with_name("player")


@dataclass(frozen=True)
class Core:
    """Files in the order in which the frame loads them; all of one core become one script and one style."""

    name: str
    scripts: tuple[Path, ...]
    styles: tuple[Path, ...]
    # Fonts and pictures that its styles name.
    root: Path

    def bundle(self) -> Bundle:
        digest = hashlib.sha256(self.name.encode())
        for path in (*self.scripts, *self.styles):
            digest.update(path.read_bytes())
        bundle = Bundle(digest.hexdigest()[:32])
        if not (bundle.script.exists() and bundle.style.exists()):
            build(
                bundle,
                [self._source(path) for path in self.scripts],
                [self._source(path) for path in self.styles],
            )
        return bundle

    def _source(self, path: Path) -> Source:
        folder = f"{LIBRARY_FOLDER}/{self.name}"
        place = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
        return Source(folder, place, path.read_bytes)


def standalone_folder() -> Path:
    return Path(settings.H5P_PLAYER_DIR)


def standalone_is_there() -> bool:
    return (standalone_folder() / "frame.bundle.js").is_file()


def standalone_core() -> Core:
    dist = standalone_folder()
    scripts = (_OURS / "start.js", dist / "frame.bundle.js", _OURS / "bridge.js")
    return Core("loi-h5p", scripts, (dist / "styles" / "h5p.css", _OURS / "frame.css"), dist)


def small_core() -> Core:
    scripts = (_OURS / "start.js", _OURS / "small-core.js", _OURS / "bridge.js")
    return Core("loi-nho", scripts, (_OURS / "frame.css", _OURS / "small-core.css"), _OURS)


CORE_FOLDERS = {"loi-h5p": standalone_core, "loi-nho": small_core}
