"""Keep what somebody answered in a hall: a finished practice sitting, once, that nothing can be passed with."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from assessments.items.api import Answer, ItemVersion, grade
from assessments.sittings.calibration.in_force import calibrations_in_force
from assessments.sittings.estimate import LEAST_ANSWERS
from assessments.sittings.finish_sitting import write_result
from assessments.sittings.listeners import tell_finished
from assessments.sittings.models import (
    Blueprint,
    EvidenceClass,
    Purpose,
    Response,
    Selection,
    Sitting,
    SittingItem,
)
from lms.accounts.api import Person
from lms.organisations.api import leaf_unit_ids

_SLUG = "trong-hoi-truong"


@dataclass(frozen=True)
class HallResponse:
    """One answer to a question of the bank; ``seed`` is the order in which the hall saw its options."""

    version: ItemVersion
    seed: int
    answer: Answer
    at: dt.datetime


@dataclass(frozen=True)
class HallRecord:
    """What one person gave in one gathering in one class of evidence; ``record_uuid`` makes it once."""

    record_uuid: uuid.UUID
    title: str
    evidence_class: str
    responses: Sequence[HallResponse]


def record_hall_responses(person: Person, record: HallRecord) -> bool:
    """False when it was kept before, or nothing was answered. Only A and B belong to a person."""
    if record.evidence_class not in (EvidenceClass.ALONE, EvidenceClass.ASSISTED):
        raise ValueError(record.evidence_class)
    with transaction.atomic():
        if not record.responses or Sitting.objects.filter(start_uuid=record.record_uuid).exists():
            return False
        sitting = _sitting(person, record)
        _write_responses(sitting, record)
        # No statistics of items: a hall shows them under other conditions than a sitting.
        write_result(sitting, record.record_uuid, max(one.at for one in record.responses))
        tell_finished(sitting)
    return True


def from_hall(sitting: Sitting) -> bool:
    return bool(sitting.frozen.get("hall"))


def _sitting(person: Person, record: HallRecord) -> Sitting:
    blueprint, _new = Blueprint.objects.get_or_create(
        slug=_SLUG,
        defaults={
            "title": "Trong buổi học",
            "purpose": Purpose.PRACTICE,
            "selection": Selection.FIXED,
            "open": False,
        },
    )
    frozen = {
        "slug": _SLUG,
        "title": record.title,
        "purpose": Purpose.PRACTICE,
        "parts": [],
        "pass_share": 1.0,
    }
    return Sitting.objects.create(
        start_uuid=record.record_uuid,
        person=person,
        blueprint=blueprint,
        frozen={**frozen, "hall": True},
        purpose=Purpose.PRACTICE,
        seed=0,
        evidence_class=record.evidence_class,
        calibrations=_calibrations(record),
        unit_ids=leaf_unit_ids(person),
        audience=person.audience,
        started_at=min(one.at for one in record.responses),
        finished_at=max(one.at for one in record.responses),
    )


def _calibrations(record: HallRecord) -> dict[str, int]:
    """Only skills that are said something about: alone, and answered often enough."""
    if record.evidence_class != EvidenceClass.ALONE:
        return {}
    answered = Counter(one.version.item.skill.code for one in record.responses)
    return calibrations_in_force([code for code, n in answered.items() if n >= LEAST_ANSWERS])


def _write_responses(sitting: Sitting, record: HallRecord) -> None:
    places = SittingItem.objects.bulk_create(
        SittingItem(sitting=sitting, position=position, version=one.version, seed=one.seed)
        for position, one in enumerate(record.responses, 1)
    )
    rows = []
    for place, one in zip(places, record.responses, strict=True):
        verdict = grade(one.version, one.answer)
        rows.append(
            Response(
                uuid=uuid.uuid5(record.record_uuid, str(place.position)),
                sitting_item=place,
                answer=one.answer,
                points=verdict.points,
                max_points=verdict.max_points,
                correct=verdict.correct,
                critical=list(verdict.critical),
                evidence_class=record.evidence_class,
                received_at=one.at,
            )
        )
    Response.objects.bulk_create(rows)
