"""Data rights in this room: hand out and delete the progress of a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from assessments.certificates import api as certificates
from assessments.sittings import api as sittings
from courses.models import Enrolment, LessonProgress
from lms.accounts.api import Person, add_export_part, on_erased


def export_person(person: Person) -> dict[str, Any]:
    enrolments = Enrolment.objects.filter(person=person).select_related("course")
    progress = LessonProgress.objects.filter(person=person).select_related("lesson")
    return {
        "courses": [
            {
                "course": one.course.title,
                "started_at": _when(one.started_at),
                "completed_at": _when(one.completed_at),
            }
            for one in enrolments
        ],
        "lessons": [
            {
                "lesson": one.lesson.title,
                "step": one.screen,
                "started_at": _when(one.started_at),
                "completed_at": _when(one.completed_at),
            }
            for one in progress
        ],
    }


def forget_progress(person: Person) -> None:
    """That somebody took a course stays countable; who it was, and how far they came, does not."""
    Enrolment.objects.filter(person=person).update(person=None)
    LessonProgress.objects.filter(person=person).delete()


def listen() -> None:
    on_erased(forget_progress)
    add_export_part("courses", export_person)
    # The rooms between accounts and here that keep something about a person.
    add_export_part("sittings", sittings.export_person)
    add_export_part("certificates", certificates.export_person)


def _when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
