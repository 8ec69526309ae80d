"""Units, and people who look after them."""

from __future__ import annotations

import pytest
from django.test import Client

from lms.accounts.api import Person
from lms.organisations.api import Membership, Role, RoleKind, Unit, load_units


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    return load_units()


@pytest.fixture
def facilitator(units: dict[str, Unit]) -> Person:
    person = Person.objects.create_user("huongdan", full_name="Nguyễn Thị Hướng")
    Role.objects.create(person=person, unit=units["xa-di-linh"], kind=RoleKind.FACILITATOR)
    return person


@pytest.fixture
def roster(client: Client, facilitator: Person) -> Client:
    client.force_login(facilitator)
    return client


def member(unit: Unit, full_name: str, **fields: object) -> Person:
    name = f"nguoi-{Person.objects.count()}"
    person = Person.objects.create_user(name, full_name=full_name, **fields)
    Membership.objects.create(person=person, unit=unit)
    return person
