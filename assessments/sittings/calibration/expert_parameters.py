"""The first calibration of a skill: what experts guess, until answers say more."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.items.api import EXPERT_B, Item, ItemState, Skill, guess_rate
from assessments.sittings.calibration.models import (
    Calibration,
    CalibrationModel,
    ItemParameter,
    ParameterStatus,
    RunState,
)

_USED = (ItemState.PILOT, ItemState.LIVE)


def add_expert_parameters(skill_code: str) -> Calibration:
    """The calibration in force with a guess for every item that has none; made when the skill has none yet."""
    with transaction.atomic():
        calibration = _in_force(skill_code) or _first(skill_code)
        known = calibration.parameters.values("item")
        items = Item.objects.filter(skill__code=skill_code, state__in=_USED).exclude(pk__in=known)
        ItemParameter.objects.bulk_create(_guesses(calibration, items.select_related("current")))
    return calibration


def _guesses(calibration: Calibration, items: Iterable[Item]) -> list[ItemParameter]:
    return [
        ItemParameter(
            calibration=calibration,
            item=item,
            b=EXPERT_B[item.difficulty],
            c=guess_rate(item.current.content),
            status=ParameterStatus.EXPERT,
        )
        for item in items
        if item.current is not None
    ]


def _in_force(skill_code: str) -> Calibration | None:
    found = Calibration.objects.select_for_update().filter(skill__code=skill_code, state=RunState.IN_FORCE)
    return found.first()


def _first(skill_code: str) -> Calibration:
    skill = Skill.objects.select_for_update().get(code=skill_code)
    last = Calibration.objects.filter(skill=skill).aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    return Calibration.objects.create(
        skill=skill,
        number=last + 1,
        model=CalibrationModel.EXPERT,
        state=RunState.IN_FORCE,
        finished_at=now,
        in_force_from=now,
    )
