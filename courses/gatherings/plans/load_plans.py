"""Starter plans from files. Idempotent; a plan that somebody edited in the admin stays as it is."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from courses.gatherings.models import Plan
from courses.starter_lessons import STARTER as LESSONS
from lms.data_files import read_yaml
from media.library.api import take_in_drawing

STARTER = Path(__file__).parents[1] / "starter"
_BLOCK_IDS = uuid.UUID("9d2f3f8a-5a27-4a57-9b1e-3f4d2f8f7c11")


def load_starter_plans() -> None:
    for path in sorted(STARTER.glob("*.yaml")):
        load_plan(read_yaml(path))


def load_plan(words: dict[str, Any]) -> Plan:
    plan = Plan.objects.filter(slug=words["slug"]).first() or Plan(slug=words["slug"])
    if plan.pk and plan.revisions.filter(user__isnull=False).exists():
        return plan
    for name in ("title", "theme", "audience", "skills", "language"):
        setattr(plan, name, words[name])
    plan.variant_of = Plan.objects.filter(slug=words.get("variant_of", "")).first()
    plan.handout = "\n".join(words["handout"])
    plan.steps = json.dumps([_step(plan.slug, place, step) for place, step in enumerate(words["steps"], 1)])
    plan.save()
    return plan


def _step(slug: str, place: int, step: dict[str, Any]) -> dict[str, Any]:
    """Ids are derived from the file, so that loading twice stores the same."""
    key = f"{slug}/{place}"
    value = {name: text for name, text in step.items() if name != "kind"}
    for name in ("lines", "options"):
        if name in value:
            value[name] = [
                {"type": "item", "id": _id(f"{key}/{name}/{number}"), "value": text}
                for number, text in enumerate(value[name])
            ]
    if "picture" in value:
        value["picture"] = _picture(value["picture"])
    return {"type": step["kind"], "id": _id(key), "value": value}


def _picture(picture: dict[str, str]) -> dict[str, Any]:
    stored = take_in_drawing(LESSONS / "pictures" / picture["file"], picture["alt"])
    return {"image": stored.pk, "alt_text": picture["alt"], "decorative": False}


def _id(key: str) -> str:
    return str(uuid.uuid5(_BLOCK_IDS, key))
