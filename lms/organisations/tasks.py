"""Work of this room for the worker."""

from __future__ import annotations

from celery import shared_task

from lms.organisations.people_import.run_import import check_import, save_import


@shared_task(name="organisations.check_import", ignore_result=True)
def check_import_task(import_id: int) -> None:
    check_import(import_id)


@shared_task(name="organisations.save_import", ignore_result=True)
def save_import_task(import_id: int) -> None:
    save_import(import_id)
