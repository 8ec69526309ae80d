"""Starter achievements, one per scored assessment; loading twice changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assessments.certificates.models import Achievement, Award
from assessments.items.api import Skill
from assessments.sittings.api import Blueprint
from lms.data_files import read_yaml

_FILE = Path(__file__).parent / "starter" / "achievements.yaml"


def load_starter_achievements() -> int:
    """The number of achievements that were added. An edited one is left as it is."""
    said = read_yaml(_FILE)
    skills = {skill.code: skill for skill in Skill.objects.all()}
    blueprints = {blueprint.slug: blueprint for blueprint in Blueprint.objects.all()}
    added = 0
    for entry in said["achievements"]:
        blueprint, skill = blueprints.get(entry["blueprint"]), skills.get(entry["skill"])
        if blueprint is None or skill is None:
            continue
        _, created = Achievement.objects.get_or_create(
            key=entry["key"],
            version=1,
            defaults=_fields(said, entry) | {"blueprint": blueprint, "skill": skill},
        )
        added += created
    return added


def _fields(said: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": entry["title"],
        "criteria": entry["criteria"],
        "issuer": said["issuer"],
        "level": entry.get("level", said["level"]),
        "award": entry.get("award", Award.SITTING),
        "validity_months": said["validity_months"],
    }
