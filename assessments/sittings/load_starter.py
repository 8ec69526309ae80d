"""One scored and one practice assessment for each essential skill and each extra group; idempotent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from assessments.sittings.calibration.expert_parameters import add_expert_parameters
from assessments.sittings.models import Blueprint, Purpose
from assessments.sittings.selecting import cuts
from lms.data_files import read_yaml

SOURCE = Path(__file__).with_name("blueprints.yaml")
_ITEMS = 10
_WAITING_DAYS = 1


@transaction.atomic
def load_starter_blueprints() -> None:
    """Creates what is missing; an assessment that an administrator changed stays as it is."""
    for place, entry in enumerate(read_yaml(SOURCE)):
        shared = {"parts": [{"skill": entry["skill"], "count": _ITEMS}], "intro": entry["intro"]}
        _add(
            entry["slug"],
            {
                **shared,
                "title": entry["title"],
                "purpose": Purpose.SCORED,
                "pass_share": Decimal("0.7"),
                "cut_basic": cuts.BASIC,
                "cut_proficient": cuts.PROFICIENT,
                "waiting_days": _WAITING_DAYS,
                "position": 2 * place,
            },
        )
        _add(
            f"luyen-tap-{entry['slug']}",
            {
                **shared,
                "title": entry["practice_title"],
                "purpose": Purpose.PRACTICE,
                "position": 2 * place + 1,
            },
        )
        add_expert_parameters(entry["skill"])


def _add(slug: str, fields: dict[str, Any]) -> None:
    Blueprint.objects.get_or_create(slug=slug, defaults=fields)
