"""A small tree of units and people who sit in it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from assessments.items.api import Skill
from assessments.proficiency.finished_sitting import reach_by_sitting
from assessments.sittings.api import Blueprint, Purpose, Sitting
from lms.accounts.api import Person
from lms.organisations.api import Membership, Role, Unit, UnitKind

Sit = Callable[..., Sitting]


@pytest.fixture
def skill(db: None) -> Skill:
    return Skill.objects.get_or_create(code="vid", defaults={"name": "VNeID", "short_name": "VNeID"})[0]


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    province = Unit.add_root(kind=UnitKind.PROVINCE, name="Tỉnh Thử", slug="tinh-thu")
    commune = province.add_child(kind=UnitKind.COMMUNE, name="Một", slug="xa-mot")
    other = province.add_child(kind=UnitKind.COMMUNE, name="Hai", slug="xa-hai")
    hamlet = commune.add_child(kind=UnitKind.HAMLET, name="=Thôn Thông", slug="thon-thong")
    second = commune.add_child(kind=UnitKind.HAMLET, name="Thôn Suối", slug="thon-suoi")
    party = province.add_child(kind=UnitKind.PARTY_COMMITTEE, name="Đảng bộ Một", slug="dang-bo-mot")
    cell = party.add_child(kind=UnitKind.PARTY_CELL, name="Chi bộ Thông", slug="chi-bo-thong")
    found = (province, commune, other, hamlet, second, party, cell)
    return {unit.slug: Unit.objects.get(pk=unit.pk) for unit in found}


@pytest.fixture
def blueprint(skill: Skill) -> Blueprint:
    return Blueprint.objects.create(
        slug="vneid-thu", title="Bài thử", purpose=Purpose.SCORED, parts=[{"skill": "vid", "count": 10}]
    )


@pytest.fixture
def sit(blueprint: Blueprint, units: dict[str, Unit]) -> Sit:
    """A finished sitting, told to this room as the sittings room does."""

    def sat(person: Person, *slugs: str, points: float = 8.0, **fields: Any) -> Sitting:
        usual: dict[str, Any] = {
            "person": person,
            "blueprint": blueprint,
            "start_uuid": uuid.uuid4(),
            "frozen": {"title": "x", "parts": blueprint.parts, "pass_share": 0.7},
            "purpose": Purpose.SCORED,
            "seed": 1,
            "audience": person.audience,
            "unit_ids": [units[slug].pk for slug in slugs],
            "finished_at": timezone.now(),
            "passed": points >= 7,
            "by_skill": {"vid": {"points": points, "max": 10.0}},
        }
        sitting = Sitting.objects.create(**{**usual, **fields})
        reach_by_sitting(sitting)
        return sitting

    return sat


@pytest.fixture
def crowd(sit: Sit) -> Callable[..., list[Person]]:
    def came(number: int, slug: str, passed: int = 0, audience: str = "citizen") -> list[Person]:
        start = Person.objects.count()
        people = [
            Person.objects.create(username=f"n-{start + n}", full_name=f"Người {n}", audience=audience)
            for n in range(number)
        ]
        for place, person in enumerate(people):
            sit(person, slug, points=8.0 if place < passed else 3.0)
        return people

    return came


@pytest.fixture
def viewer(units: dict[str, Unit]) -> Callable[[str, str], Person]:
    """Somebody with a role; a demo person, so that no second factor stands in the way."""

    def made(kind: str, slug: str) -> Person:
        person = Person.objects.create(username=f"{kind}-{slug}", full_name="Cán Bộ", is_demo=True)
        Role.objects.create(person=person, unit=units[slug], kind=kind)
        Membership.objects.create(person=person, unit=units[slug])
        return person

    return made
