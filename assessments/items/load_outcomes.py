"""Load skills and outcomes from ``outcomes.yaml``; idempotent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assessments.items.models import Outcome, Skill
from lms.data_files import read_yaml

SOURCE = Path(__file__).with_name("outcomes.yaml")


def load_outcomes() -> None:
    listed = read_yaml(SOURCE)["skills"]
    for place, entry in enumerate(listed):
        fields = {"name": entry["name"], "short_name": entry["short_name"], "essential": entry["essential"]}
        skill, _new = Skill.objects.update_or_create(
            code=entry["code"], defaults={**fields, "position": place}
        )
        Outcome.objects.bulk_create(
            [
                Outcome(skill=skill, code=code, text=text, position=position)
                for position, (code, text) in enumerate(entry["outcomes"].items())
            ],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["skill", "text", "position"],
        )


@cache
def skill_choices() -> list[tuple[str, str]]:
    """Code and name of every skill; they change only with a release."""
    return [(entry["code"], entry["name"]) for entry in read_yaml(SOURCE)["skills"]]
