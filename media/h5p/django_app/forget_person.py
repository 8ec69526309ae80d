"""Data rights in this room: hand out what a person did here, and cut it off from them."""

from __future__ import annotations

from typing import Any

from lms.accounts.api import Person, add_export_part, on_erased
from media.h5p.django_app.models import Attempt, Statement


def export_person(person: Person) -> dict[str, Any]:
    mine = Attempt.objects.filter(person=person).select_related("version__activity")
    return {
        "attempts": [
            {
                "activity": one.version.activity.title,
                "started_at": one.started_at.isoformat(),
                "finished_at": one.finished_at.isoformat() if one.finished_at else None,
                "points": one.raw if one.verified else None,
                "of": one.maximum if one.verified else None,
                "statements": list(one.statements.values_list("body", flat=True)),
            }
            for one in mine.prefetch_related("statements")
        ]
    }


def forget_attempts(person: Person) -> None:
    """That somebody had so many points stays countable; who it was, and what they wrote, does not."""
    mine = Attempt.objects.filter(person=person)
    Statement.objects.filter(attempt__in=mine).delete()
    mine.update(person=None, state=None, snapshot=None)


def listen() -> None:
    on_erased(forget_attempts)
    add_export_part("h5p", export_person)
