"""Add one person to a unit; the same request sent twice adds one person."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import NamedTuple

from django.db import transaction

from lms import vietnamese
from lms.accounts.api import Person, new_username, record_consent
from lms.organisations.models import Membership, Unit


class Details(NamedTuple):
    full_name: str
    birth_year: int | None
    phone: str | None
    audience: str
    birth_date: dt.date | None = None


def person_like(unit: Unit, full_name: str, birth_year: int | None) -> Person | None:
    """Someone of this unit with the same name and year of birth."""
    return Person.objects.filter(
        memberships__in=Membership.objects.current().filter(unit=unit),
        folded_name=vietnamese.folded(full_name),
        birth_year=birth_year,
    ).first()


@transaction.atomic
def add_person(unit: Unit, details: Details, added_by: Person, person_uuid: uuid.UUID) -> Person:
    """The facilitator has asked for consent face to face and is recorded as the one who did."""
    kept = Person.objects.filter(uuid=person_uuid).first()
    if kept is not None:
        return kept
    person = Person(
        uuid=person_uuid,
        username=new_username(details.full_name),
        full_name=details.full_name,
        birth_year=details.birth_year,
        birth_date=details.birth_date,
        phone=details.phone,
        audience=details.audience,
    )
    person.set_unusable_password()
    person.save()
    Membership.objects.create(person=person, unit=unit)
    record_consent(person, "learning", recorded_by=added_by)
    return person
