"""Check a list (nothing is saved), then save it in steps; a killed worker goes on where it stopped.

The place reached stands in the same transaction as the people of a step, so two workers on one list cannot
save a row twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.accounts.api import Person, new_username, record_consents
from lms.organisations.models import ImportState, Membership, PeopleImport
from lms.organisations.people_import.find_unit import UnitFinder
from lms.organisations.people_import.parse_people import Message, NewPerson, parse_people
from lms.organisations.people_import.read_rows import BadFile, read_rows

_STEP = 200
_MOST_MESSAGES = 500
_PURPOSE = "learning"

Key = tuple[str, int | None, int]


def check_import(import_id: int) -> None:
    """Dry run: what would be saved, and what is wrong in which row."""
    job = PeopleImport.objects.select_related("unit").get(pk=import_id)
    if job.state not in (ImportState.UPLOADED, ImportState.CHECKING):
        return
    _move(job, state=ImportState.CHECKING, done=0)
    with translation.override("vi"):
        try:
            people, messages = _parsed(job)
        except BadFile as problem:
            _move(job, state=ImportState.FAILED, problem=str(problem)[:300])
            return
        _move(job, total=len(people))
        fresh, duplicates = _without_duplicates(people)
    messages += duplicates
    errors = sum(message.level == "error" for message in messages)
    counts = {"new": len(fresh), "duplicate": len(duplicates), "error": errors}
    messages.sort()
    shown = [message._asdict() for message in messages[:_MOST_MESSAGES]]
    _move(job, state=ImportState.CHECKED, done=len(people), counts=counts, messages=shown)


def save_import(import_id: int) -> None:
    """Save what the check found good; called again, it goes on or does nothing."""
    job = PeopleImport.objects.select_related("unit").get(pk=import_id)
    if job.state != ImportState.SAVING:
        return
    with translation.override("vi"):
        people, _messages = _parsed(job)
    while _save_step(job.pk, people):
        pass
    job.refresh_from_db()
    name, storage = job.file.name, job.file.storage
    _move(job, state=ImportState.SAVED, file="")
    # The list itself is personal data and has done its work.
    if name:
        storage.delete(name)


def begin_saving(job: PeopleImport) -> bool:
    """From checked to saving, once."""
    changed = PeopleImport.objects.filter(pk=job.pk, state=ImportState.CHECKED).update(
        state=ImportState.SAVING, done=0, touched_at=timezone.now()
    )
    return bool(changed)


def _parsed(job: PeopleImport) -> tuple[list[NewPerson], list[Message]]:
    with job.file.open("rb") as stream:
        content = stream.read()
    rows = read_rows(job.file_name, content)
    return parse_people(rows, UnitFinder(job.unit))


def _save_step(import_id: int, people: list[NewPerson]) -> bool:
    """One short transaction; False when everything is saved."""
    with transaction.atomic():
        job = PeopleImport.objects.select_for_update().get(pk=import_id)
        if job.state != ImportState.SAVING:
            return False
        step = people[job.done : job.done + _STEP]
        if step:
            fresh, _duplicates = _without_duplicates(step)
            _create(job, fresh)
            _move(job, done=job.done + len(step))
    return job.done < len(people)


def _create(job: PeopleImport, people: list[NewPerson]) -> None:
    taken = _taken_phones(people)
    made = []
    for one in people:
        person = Person(
            uuid=uuid.uuid5(job.uuid, str(one.row)),
            username=new_username(one.full_name),
            full_name=one.full_name,
            birth_year=one.birth_year,
            birth_date=one.birth_date,
            phone=None if one.phone in taken else one.phone,
            email=one.email,
            audience=one.audience,
        )
        person.set_unusable_password()
        person.set_name_keys()
        taken.add(one.phone)
        made.append(person)
    Person.objects.bulk_create(made)
    Membership.objects.bulk_create(
        Membership(person=person, unit=one.unit, staff_number=one.staff_number)
        for person, one in zip(made, people, strict=True)
    )
    record_consents(made, _PURPOSE, recorded_by=job.created_by)


def _taken_phones(people: list[NewPerson]) -> set[str | None]:
    wanted = [one.phone for one in people if one.phone]
    return set(Person.objects.filter(phone__in=wanted).values_list("phone", flat=True))


def _without_duplicates(people: list[NewPerson]) -> tuple[list[NewPerson], list[Message]]:
    """The first of each; later rows and people who are there already are told apart by a message."""
    seen: dict[Key, int | None] = dict.fromkeys(_keys_there(people))
    fresh, messages = [], []
    for one in people:
        if one.key not in seen:
            seen[one.key] = one.row
            fresh.append(one)
            continue
        earlier = seen[one.key]
        text = (
            _("This person stands in row %(row)s already.") % {"row": earlier}
            if earlier
            else _("This person is in the unit already.")
        )
        messages.append(Message(one.row, "warning", text))
    return fresh, messages


def _keys_there(people: list[NewPerson]) -> Iterable[Key]:
    keys: set[Key] = set()
    for start in range(0, len(people), 500):
        part = people[start : start + 500]
        keys.update(
            Membership.objects.current()
            .filter(
                unit_id__in={one.unit.pk for one in part},
                person__folded_name__in={one.key[0] for one in part},
            )
            .values_list("person__folded_name", "person__birth_year", "unit_id")
        )
    return keys


def _move(job: PeopleImport, **fields: object) -> None:
    for name, value in fields.items():
        setattr(job, name, value)
    job.touched_at = timezone.now()
    job.save(update_fields=[*fields, "touched_at"])
