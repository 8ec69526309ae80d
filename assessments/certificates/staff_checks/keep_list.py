"""Keep a list that an officer or a program sent; the same sending twice is one check."""

from __future__ import annotations

import functools
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.certificates.staff_checks.columns import Columns, guess_columns
from assessments.certificates.staff_checks.listed_rows import MOST_ROWS
from assessments.certificates.staff_checks.models import CheckSource, CheckState, StaffCheck
from assessments.certificates.staff_checks.tasks import run_check_task
from lms import vietnamese
from lms.accounts.api import Person
from lms.organisations.api import Unit, read_rows

_STANDSTILL = timedelta(seconds=60)


@dataclass(frozen=True)
class Sender:
    """Who asks, on whose behalf, why and on which ground."""

    person: Person
    unit: Unit
    purpose: str
    legal_basis: str
    source: str = CheckSource.PAGE


def keep_list(sender: Sender, check_uuid: uuid.UUID, name: str, content: bytes) -> StaffCheck:
    """Raises ``BadFile`` for what cannot be read as a list. Columns are guessed, nothing is checked yet."""
    there = StaffCheck.objects.filter(uuid=check_uuid).first()
    if there is not None:
        return there
    cells = read_rows(name, content, MOST_ROWS)
    heading, columns = guess_columns(cells)
    return keep(sender, check_uuid, name, content, {"heading_row": heading, "columns": columns})


def keep(
    sender: Sender, check_uuid: uuid.UUID, name: str, content: bytes, fields: Mapping[str, object]
) -> StaffCheck:
    name = vietnamese.normal(name)[-200:]
    ending = name.rsplit(".", 1)[-1].lower()[:5]
    try:
        with transaction.atomic():
            return StaffCheck.objects.create(
                uuid=check_uuid,
                created_by=sender.person,
                unit=sender.unit,
                source=sender.source,
                purpose=vietnamese.normal(sender.purpose),
                legal_basis=vietnamese.normal(sender.legal_basis),
                file=ContentFile(content, name=f"{check_uuid}.{ending}"),
                file_name=name,
                input_hash=hashlib.sha256(content).hexdigest(),
                **fields,
            )
    except IntegrityError:
        return StaffCheck.objects.get(uuid=check_uuid)


def start_check(check: StaffCheck, columns: Columns) -> bool:
    """From confirmed columns to running, once."""
    now = timezone.now()
    changed = StaffCheck.objects.filter(pk=check.pk, state=CheckState.UPLOADED).update(
        state=CheckState.RUNNING, columns=columns, as_of=now, touched_at=now
    )
    return bool(changed)


def begin_check(check: StaffCheck, columns: Columns) -> None:
    """Started, and given to the worker."""
    if start_check(check, columns):
        transaction.on_commit(functools.partial(run_check_task.delay, check.pk))


def stands_still(check: StaffCheck) -> bool:
    """A worker that was killed says nothing."""
    return check.state == CheckState.RUNNING and timezone.now() - check.touched_at > _STANDSTILL


def give_to_worker(check: StaffCheck) -> None:
    """Only one of several askers sends the message again."""
    changed = StaffCheck.objects.filter(pk=check.pk, touched_at=check.touched_at).update(
        touched_at=timezone.now()
    )
    if changed:
        run_check_task.delay(check.pk)
