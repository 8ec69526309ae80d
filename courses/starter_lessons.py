"""A lesson file as the stored form of a lesson page."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from django.utils.html import escape

from lms.data_files import read_yaml
from media.library.api import take_in_drawing

STARTER = Path(__file__).with_name("starter")
_BLOCK_IDS = uuid.UUID("5a1d8f0e-9a52-4f3c-8a53-0f6f3f1f2d10")


def lesson_files(skill: str) -> list[dict[str, Any]]:
    """Lessons of a skill in the order of their ids."""
    found = [read_yaml(path) for path in (STARTER / "lessons").glob(f"{skill}-*.yaml")]
    return sorted(found, key=lambda lesson: str(lesson["id"]))


def lesson_fields(lesson: dict[str, Any]) -> dict[str, Any]:
    screens = [_screen(lesson["id"], screen) for screen in lesson["screens"]]
    return {
        "title": lesson["title"],
        "slug": lesson["slug"],
        "code": lesson["id"],
        "goal": lesson["goal"],
        "why_it_matters": lesson["why_it_matters"],
        "minutes": lesson["minutes"],
        "address": lesson["address"],
        "facilitator_notes": lesson.get("facilitator_notes") or "",
        "search_description": lesson["goal"],
        "screens": json.dumps(screens),
    }


def _screen(lesson_id: str, screen: dict[str, Any]) -> dict[str, Any]:
    """Ids are derived from the file, so that loading twice stores the same."""
    key = f"{lesson_id}/{screen['id']}"
    value: dict[str, Any] = {
        "heading": screen["heading"],
        "text": "".join(
            f"<p>{escape(part)}</p>" for part in (screen.get("text") or "").split("\n") if part.strip()
        ),
        "picture": _picture(screen.get("picture")),
        "extras": [],
        "audio_script": screen.get("audio_script") or "",
        "recording": None,
        "facts": _list(key, "facts", screen.get("facts") or []),
    }
    if screen["kind"] in {"steps", "what_can_go_wrong"}:
        steps = [{"text": text, "picture": _picture(None)} for text in screen.get("steps") or []]
        value["steps"] = _list(key, "steps", steps)
    if screen["kind"] == "h5p":
        value["activity"] = screen["activity"]
    for name in ("items", "statements"):
        if name in screen:
            value[name] = _list(key, name, screen[name])
    return {"type": screen["kind"], "id": _id(key), "value": value}


def _picture(picture: dict[str, Any] | None) -> dict[str, Any]:
    path = STARTER / "pictures" / str((picture or {}).get("file", ""))
    if picture is None or not path.is_file():
        return {"image": None, "alt_text": "", "decorative": False}
    alt = picture.get("alt") or ""
    stored = take_in_drawing(path, alt)
    return {"image": stored.pk, "alt_text": alt, "decorative": bool(picture.get("decorative"))}


def _list(key: str, name: str, values: list[Any]) -> list[dict[str, Any]]:
    return [
        {"type": "item", "id": _id(f"{key}/{name}/{place}"), "value": value}
        for place, value in enumerate(values)
    ]


def _id(key: str) -> str:
    return str(uuid.uuid5(_BLOCK_IDS, key))
