"""What this room knows about a person, for their own copy of their data."""

from __future__ import annotations

from typing import Any

from assessments.sittings.models import LessonAnswer, Response, Sitting
from lms.accounts.api import Person


def export_person(person: Person) -> dict[str, Any]:
    """Without keys and without item texts: the person's own answers, points and times."""
    return {
        "sittings": [_sitting(sitting) for sitting in Sitting.objects.filter(person=person)],
        "responses": [
            {
                "sitting": str(row.sitting_item.sitting.uuid),
                "position": row.sitting_item.position,
                "item": row.sitting_item.version.item.code,
                "answer": row.answer,
                "points": row.points,
                "max_points": row.max_points,
                "received_at": row.received_at.isoformat(),
            }
            for row in Response.objects.filter(sitting_item__sitting__person=person).select_related(
                "sitting_item__sitting", "sitting_item__version__item"
            )
        ],
        "lesson_answers": [
            {
                "item": row.version.item.code,
                "answer": row.answer,
                "points": row.points,
                "received_at": row.received_at.isoformat(),
            }
            for row in LessonAnswer.objects.filter(person=person).select_related("version__item")
        ],
    }


def _sitting(sitting: Sitting) -> dict[str, Any]:
    return {
        "id": str(sitting.uuid),
        "assessment": sitting.frozen["title"],
        "purpose": sitting.purpose,
        "evidence_class": sitting.evidence_class,
        "audience": sitting.audience,
        "unit_ids": sitting.unit_ids,
        "started_at": sitting.started_at.isoformat(),
        "finished_at": sitting.finished_at.isoformat() if sitting.finished_at else None,
        "points": sitting.points,
        "max_points": sitting.max_points,
        "passed": sitting.passed,
        "estimates": sitting.estimates,
    }
