"""Work of staff checks for the worker and the clock."""

from __future__ import annotations

from celery import shared_task

from assessments.certificates.staff_checks.note_overview import note_overview
from assessments.certificates.staff_checks.purge_lists import purge_lists
from assessments.certificates.staff_checks.run_check import run_check
from assessments.certificates.staff_checks.tell_officers import tell_officers


@shared_task(name="certificates.run_check", ignore_result=True)
def run_check_task(check_id: int) -> None:
    run_check(check_id)


@shared_task(name="certificates.purge_lists", ignore_result=True)
def purge_lists_task() -> int:
    return purge_lists()


@shared_task(name="certificates.tell_officers", ignore_result=True)
def tell_officers_task() -> int:
    return tell_officers()


@shared_task(name="certificates.note_overview", ignore_result=True)
def note_overview_task(person_id: int, unit_id: int) -> None:
    note_overview(person_id, unit_id)
