"""The items that a sitting may show and the calibrations that it is frozen to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count

from assessments.items.api import Item, deliverable
from assessments.sittings.calibration.expert_parameters import add_expert_parameters
from assessments.sittings.calibration.in_force import calibrations_in_force
from assessments.sittings.models import Blueprint, Sitting, SittingItem
from assessments.sittings.selecting.pieces import Piece, pieces_of

# Adaptive selection from guessed parameters would only follow the guesses.
LEAST_CALIBRATED = 150
# Shares of so few sittings say nothing about exposure.
_LEAST_SITTINGS, _LAST_SITTINGS = 20, 200


def open_pool(blueprint: Blueprint, skill: str, seen: Collection[int], needed: int) -> dict[int, int]:
    """Version by item: what may be scored today without what the person met or too many people met.

    Each rule is set aside if it would leave fewer than ``needed`` items.
    """
    everything = deliverable().filter(skill__code=skill).order_by("pk").values_list("pk", "current")
    pool = {item: version for item, version in everything if version is not None}
    for left_out in (set(seen), _overexposed(blueprint)):
        rest = {item: version for item, version in pool.items() if item not in left_out}
        pool = rest if len(rest) >= needed else pool
    return pool


def _overexposed(blueprint: Blueprint) -> set[int]:
    last = Sitting.objects.filter(blueprint=blueprint).order_by("-pk").values_list("pk", flat=True)
    sittings = list(last[:_LAST_SITTINGS])
    if len(sittings) < _LEAST_SITTINGS:
        return set()
    shown = (
        SittingItem.objects.filter(sitting__in=sittings).values("version__item").annotate(times=Count("pk"))
    )
    most = blueprint.exposure_cap * len(sittings)
    return {row["version__item"] for row in shown if row["times"] > most}


def frozen_calibrations(items: Iterable[Item], in_force: Mapping[str, int] | None = None) -> dict[str, int]:
    """By skill, with a parameter for each of these items; made or completed where something is missing."""
    by_skill: dict[str, set[int]] = {}
    for item in items:
        by_skill.setdefault(item.skill.code, set()).add(item.pk)
    known = calibrations_in_force(by_skill) if in_force is None else in_force
    return {skill: with_parameters(skill, known.get(skill), by_skill[skill]) for skill in sorted(by_skill)}


def with_parameters(skill: str, calibration: int | None, items: Collection[int]) -> int:
    if calibration is not None and pieces_of(calibration, items).keys() >= set(items):
        return calibration
    return add_expert_parameters(skill).pk


def from_answers(pieces: Iterable[Piece]) -> bool:
    """Whether enough items were calibrated from answers to let these choose the next item."""
    return sum(not piece.parameter.expert for piece in pieces) >= LEAST_CALIBRATED
