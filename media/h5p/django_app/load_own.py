"""Our own libraries and activities, built from their sources as packages and taken in like any other."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from media.h5p.build import build_package
from media.h5p.django_app.install_libraries import changes_needed, installed_names
from media.h5p.django_app.models import Activity
from media.h5p.django_app.take_in_package import Destination, store_package
from media.h5p.names import LibraryName, parse_name
from media.h5p.package import read_package

OWN = Path(__file__).resolve().parents[1] / "own"


def own_libraries() -> dict[LibraryName, dict[str, bytes]]:
    """Each folder of ``own`` that is named like a library."""
    found = {}
    for folder in sorted(OWN.iterdir()):
        name = parse_name(folder.name)
        if name is not None and folder.is_dir():
            files = (path for path in sorted(folder.rglob("*")) if path.is_file())
            found[name] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return found


def own_package(source: dict[str, Any]) -> bytes:
    """``{"title", "library", "params"}`` as a real H5P package."""
    libraries = own_libraries().values()
    return build_package(source["params"], source["library"], libraries, title=source["title"])


def load_own_activities() -> int:
    """Idempotent; returns how many there are."""
    sources = sorted((OWN / "activities").glob("*.json"))
    for path in sources:
        _load(path.stem, json.loads(path.read_text(encoding="utf-8")))
    return len(sources)


def _load(slug: str, source: dict[str, Any]) -> None:
    package = read_package(io.BytesIO(own_package(source)), installed=installed_names())
    activity, _ = Activity.objects.get_or_create(slug=slug, defaults={"title": source["title"]})
    wanted = {"title": source["title"], "blind": bool(source.get("blind", True))}
    if any(getattr(activity, name) != value for name, value in wanted.items()):
        Activity.objects.filter(pk=activity.pk).update(**wanted)
        activity.refresh_from_db()
    changes = [change.name for change in changes_needed(package)]
    store_package(package, Destination(activity, own=True), changes)
