"""End a sitting: count the answers once, write the result, tell the upper rooms."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessments.items.api import Verdict
from assessments.sittings.counted_answer import counted_by_sitting
from assessments.sittings.errors import NotFound
from assessments.sittings.estimate import enough, estimates_of, skills_passed
from assessments.sittings.item_statistics import count_finished
from assessments.sittings.listeners import tell_finished
from assessments.sittings.models import Purpose, Sitting
from assessments.sittings.trace.end_play import end_plays_of, lock_open_plays
from lms.accounts.api import Person


def finish_sitting(sitting: Sitting, finish_uuid: uuid.UUID) -> Sitting:
    """Finishing twice changes nothing. What was not answered earns nothing."""
    return _finish(Sitting.objects.filter(pk=sitting.pk), finish_uuid)


def finish_own(person: Person, sitting_uuid: uuid.UUID, finish_uuid: uuid.UUID) -> Sitting:
    """The same for a person's own sitting; raises ``NotFound`` for any other."""
    return _finish(Sitting.objects.filter(uuid=sitting_uuid, person=person), finish_uuid)


def _finish(sittings: QuerySet[Sitting], finish_uuid: uuid.UUID) -> Sitting:
    with transaction.atomic(savepoint=False):
        locked = _locked(sittings)
        if locked is not None and locked.finished_at is None:
            if locked.frozen.get("tasks"):
                end_plays_of(locked)
            write_result(locked, finish_uuid, timezone.now())
            count_finished(locked)
            tell_finished(locked)
    if locked is None:
        raise NotFound
    return locked


def _locked(sittings: QuerySet[Sitting]) -> Sitting | None:
    """Plays before their sitting, as an act takes its locks. Most sittings have no tasks: one query."""
    ending = sittings.select_for_update(of=("self",)).select_related("person")
    without_tasks = ending.exclude(frozen__tasks=True).first()
    if without_tasks is not None:
        return without_tasks
    lock_open_plays(sittings)
    return ending.first()


def write_result(sitting: Sitting, finish_uuid: uuid.UUID, at: datetime.datetime) -> None:
    by_skill: dict[str, dict[str, float]] = defaultdict(lambda: {"points": 0.0, "max": 0.0})
    counted = counted_by_sitting([sitting.pk]).get(sitting.pk, [])
    for one in counted:
        by_skill[one.skill]["points"] = round(by_skill[one.skill]["points"] + one.points, 6)
        by_skill[one.skill]["max"] += Verdict.max_points
    sitting.by_skill = dict(by_skill)
    sitting.points = round(sum(part["points"] for part in by_skill.values()), 6)
    sitting.max_points = sum(part["max"] for part in by_skill.values())
    if sitting.calibrations:
        sitting.estimates = estimates_of(counted, sitting.calibrations, sitting.frozen)
    if sitting.purpose == Purpose.SCORED:
        sitting.passed = is_passed(sitting)
    sitting.finished_at = at
    sitting.finish_uuid = finish_uuid
    sitting.save(
        update_fields=[
            "by_skill", "points", "max_points", "estimates", "passed", "finished_at", "finish_uuid"
        ]
    )  # fmt: skip


def is_passed(sitting: Sitting) -> bool:
    """By ability in every skill where the blueprint has cuts, else by the share of all points."""
    if sitting.frozen.get("cut_basic") is None or not sitting.estimates:
        return enough(sitting.points or 0.0, sitting.max_points or 0.0, float(sitting.frozen["pass_share"]))
    passed = skills_passed(sitting.frozen, sitting.by_skill, sitting.estimates)
    return len(passed) == len(sitting.by_skill)
