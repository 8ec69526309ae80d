"""What a sitting begins with: its first items, and what is frozen for those that follow from answers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Subquery

from assessments.items.api import Item, ItemState, ItemVersion, deliverable, draw_among
from assessments.sittings.calibration.in_force import calibrations_in_force
from assessments.sittings.models import (
    Blueprint,
    Calibration,
    Purpose,
    RunState,
    Selection,
    Sitting,
    SittingItem,
)
from assessments.sittings.selecting.cuts import cuts_of
from assessments.sittings.selecting.modules import assemble
from assessments.sittings.selecting.next_item import adaptive_row
from assessments.sittings.selecting.pieces import Piece, pieces_of
from assessments.sittings.selecting.pool import from_answers, frozen_calibrations, open_pool, with_parameters
from assessments.sittings.selecting.seen_items import Seen, seen_items
from assessments.sittings.selecting.tried_out import items_to_try, places_to_try
from lms.accounts.api import Person

MEASURING = {Purpose.SCORED, Purpose.REFERENCE, Purpose.PRETEST}
_FROM_ANSWERS = {Selection.ADAPTIVE, Selection.TWO_STAGE}
_TASK = "simulated_task"


@dataclass
class First:
    """Not yet written. ``frozen`` goes into the sitting beside its blueprint."""

    rows: list[SittingItem] = field(default_factory=list)
    frozen: dict[str, Any] = field(default_factory=dict)
    calibrations: dict[str, int] = field(default_factory=dict)
    one_by_one: bool = False

    @property
    def empty(self) -> bool:
        return not self.rows and not self.one_by_one


def first_items(blueprint: Blueprint, person: Person, seed: int, repeats: bool) -> First:
    """Two stages and adaptive selection measure one skill at a time; elsewhere items are drawn at random."""
    skills = [str(part["skill"]) for part in blueprint.parts]
    measuring = blueprint.purpose in MEASURING
    seen = seen_items(person, skills) if measuring and repeats else Seen(frozenset(), frozenset())
    if blueprint.selection in _FROM_ANSWERS and measuring and len(skills) == 1:
        return _following_answers(blueprint, skills[0], seen, seed)
    if blueprint.selection == Selection.FIXED:
        first = First(frozen={"selection": Selection.FIXED})
        return _drawn_at_once(first, blueprint, _listed(blueprint), seen, seed)
    return _at_random(blueprint, skills, seen, seed)


def write_first(sitting: Sitting, first: First) -> None:
    """In the transaction that creates the sitting."""
    if first.one_by_one:
        row = adaptive_row(sitting, 1, (), ())
        assert row is not None  # noqa: S101 - without answers nothing is known yet
        row.save()
        return
    for row in first.rows:
        row.sitting = sitting
    SittingItem.objects.bulk_create(first.rows)


def _drawn_at_once(
    first: First, blueprint: Blueprint, versions: Sequence[ItemVersion], seen: Seen, seed: int
) -> First:
    if not versions:
        return first
    tries: list[int] = []
    placed = [(version.pk, True) for version in versions]
    if blueprint.purpose in MEASURING:
        items = [version.item for version in versions]
        first.calibrations = frozen_calibrations(items, first.calibrations or None)
        tries = items_to_try(first.calibrations, blueprint.unscored_seeds, seed, seen.ever, versions)
        for place, version in zip(places_to_try(len(tries), len(versions), seed), tries, strict=True):
            placed.insert(place - 1, (version, False))
    first.frozen["tasks"] = bool(tries) or any(one.content["kind"] == _TASK for one in versions)
    first.rows = _rows(placed)
    return first


def _at_random(blueprint: Blueprint, skills: Sequence[str], seen: Seen, seed: int) -> First:
    """A parallel form where the bank is large enough; else at least another one than the last time."""
    in_force = Calibration.objects.filter(skill=OuterRef("skill"), state=RunState.IN_FORCE)
    pool = list(
        deliverable()
        .filter(skill__code__in=skills)
        .select_related("skill", "current")
        .annotate(calibration=Subquery(in_force.values("pk")[:1]))
    )
    first = First(frozen={"selection": Selection.RANDOM}, calibrations=_calibrations(pool))
    return _drawn_at_once(first, blueprint, _draw(blueprint, pool, seen, seed), seen, seed)


def _calibrations(pool: Sequence[Item]) -> dict[str, int]:
    found = {item.skill.code: item.calibration for item in pool}  # type: ignore[attr-defined]  # annotated
    return {skill: calibration for skill, calibration in found.items() if calibration is not None}


def _draw(blueprint: Blueprint, pool: Sequence[Item], seen: Seen, seed: int) -> list[ItemVersion]:
    wanted = sum(int(part["count"]) for part in blueprint.parts)
    for left_out in (seen.ever, seen.last):
        versions = draw_among([item for item in pool if item.pk not in left_out], blueprint.parts, seed)
        if len(versions) >= wanted:
            return versions
    return draw_among(pool, blueprint.parts, seed)


def _listed(blueprint: Blueprint) -> list[ItemVersion]:
    codes = blueprint.fixed_items
    found = ItemVersion.objects.filter(
        item__code__in=codes, item__state=ItemState.LIVE, pk=F("item__current")
    )
    if blueprint.purpose != Purpose.PRACTICE:
        # What nobody checked again in time is not scored, whether it is drawn or listed.
        found = found.filter(item__in=deliverable())
    return sorted(found.select_related("item__skill"), key=lambda version: codes.index(version.item.code))


def _following_answers(blueprint: Blueprint, skill: str, seen: Seen, seed: int) -> First:
    """Where too few items are calibrated, an adaptive sitting goes in two stages."""
    count = int(blueprint.parts[0]["count"])
    pool = open_pool(blueprint, skill, seen.ever, needed=max(3 * count, blueprint.max_items))
    if not pool:
        return First()
    calibration = with_parameters(skill, calibrations_in_force([skill]).get(skill), pool)
    known = pieces_of(calibration, pool)
    pieces = [known[item] for item in pool]
    # Whether a task is among the items to come is not known yet.
    first = First(calibrations={skill: calibration}, frozen={"tasks": True})
    tries = items_to_try([skill], blueprint.unscored_seeds, seed, seen.ever)
    if blueprint.selection == Selection.ADAPTIVE and from_answers(pieces):
        places = places_to_try(len(tries), blueprint.max_items, seed)
        first.one_by_one = True
        first.frozen |= {
            "selection": Selection.ADAPTIVE,
            "pool": pool,
            "tried_out": {str(place): version for place, version in zip(places, tries, strict=True)},
            "count": blueprint.max_items + len(tries),
        }
    else:
        _in_two_stages(first, blueprint, pieces, pool, tries, seed)
    return first


def _in_two_stages(
    first: First,
    blueprint: Blueprint,
    pieces: Sequence[Piece],
    versions: Mapping[int, int],
    tries: Sequence[int],
    seed: int,
) -> None:
    cuts = cuts_of({"cut_basic": blueprint.cut_basic, "cut_proficient": blueprint.cut_proficient})
    modules = assemble(pieces, int(blueprint.parts[0]["count"]), sum(cuts) / 2, seed)
    placed = [(versions[piece.item], True) for piece in modules.routing]
    for place, version in zip(places_to_try(len(tries), len(placed), seed), tries, strict=True):
        placed.insert(place - 1, (version, False))
    easier, harder = (
        [versions[piece.item] for piece in module] for module in (modules.easier, modules.harder)
    )
    first.frozen |= {
        "selection": Selection.TWO_STAGE,
        "routing": {
            piece.item: [piece.parameter.a, piece.parameter.b, piece.parameter.c] for piece in modules.routing
        },
        "modules": {"easier": easier, "harder": harder},
        "first_stage": len(placed),
        "count": len(placed) + max(len(easier), len(harder)),
    }
    first.rows = _rows(placed)


def _rows(placed: Sequence[tuple[int, bool]]) -> list[SittingItem]:
    return [
        SittingItem(position=place, version_id=version, seed=secrets.randbits(62), scored=scored)
        for place, (version, scored) in enumerate(placed, start=1)
    ]
