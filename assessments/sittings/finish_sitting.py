"""End a sitting: count the answers once, write the result, tell the upper rooms."""

from __future__ import annotations

import uuid
from collections import defaultdict

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessments.items.api import Verdict
from assessments.sittings.counted_answer import counts_first
from assessments.sittings.errors import NotFound
from assessments.sittings.item_statistics import count_finished
from assessments.sittings.listeners import tell_finished
from assessments.sittings.models import Purpose, Sitting, SittingItem
from assessments.sittings.trace.end_play import end_plays_of
from lms.accounts.api import Person

# Points are rounded to six places; a share that equals the cut must pass.
_TOLERANCE = 1e-6


def finish_sitting(sitting: Sitting, finish_uuid: uuid.UUID) -> Sitting:
    """Finishing twice changes nothing. What was not answered earns nothing."""
    return _finish(Sitting.objects.filter(pk=sitting.pk), finish_uuid)


def finish_own(person: Person, sitting_uuid: uuid.UUID, finish_uuid: uuid.UUID) -> Sitting:
    """The same for a person's own sitting; raises ``NotFound`` for any other."""
    return _finish(Sitting.objects.filter(uuid=sitting_uuid, person=person), finish_uuid)


def _finish(sittings: QuerySet[Sitting], finish_uuid: uuid.UUID) -> Sitting:
    with transaction.atomic(savepoint=False):
        locked = sittings.select_for_update(of=("self",)).select_related("person").first()
        if locked is not None and locked.finished_at is None:
            if locked.frozen.get("tasks"):
                end_plays_of(locked)
            _write_result(locked, finish_uuid)
            count_finished(locked)
            tell_finished(locked)
    if locked is None:
        raise NotFound
    return locked


def _write_result(sitting: Sitting, finish_uuid: uuid.UUID) -> None:
    by_skill: dict[str, dict[str, float]] = defaultdict(lambda: {"points": 0.0, "max": 0.0})
    for skill, points in _counted(sitting):
        by_skill[skill]["points"] = round(by_skill[skill]["points"] + points, 6)
        by_skill[skill]["max"] += Verdict.max_points
    sitting.by_skill = dict(by_skill)
    sitting.points = round(sum(part["points"] for part in by_skill.values()), 6)
    sitting.max_points = sum(part["max"] for part in by_skill.values())
    if sitting.purpose == Purpose.SCORED:
        needed = sitting.frozen["pass_share"] * sitting.max_points
        sitting.passed = sitting.points >= needed - _TOLERANCE
    sitting.finished_at = timezone.now()
    sitting.finish_uuid = finish_uuid
    sitting.save(update_fields=["by_skill", "points", "max_points", "passed", "finished_at", "finish_uuid"])


def _counted(sitting: Sitting) -> list[tuple[str, float]]:
    """Skill and counted points of every item, in one query."""
    rows = (
        SittingItem.objects.filter(sitting=sitting)
        .order_by("position", "responses__pk")
        .values_list("position", "version__item__skill__code", "responses__points")
    )
    counted: dict[int, tuple[str, float]] = {}
    for position, skill, points in rows:
        if position not in counted or not counts_first(sitting.purpose):
            counted[position] = (skill, points or 0.0)
    return list(counted.values())
