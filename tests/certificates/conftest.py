"""A finished sitting that earns a certificate, and a way to make more of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from assessments.certificates.api import Achievement, Certificate
from assessments.certificates.codes import new_code
from assessments.certificates.record_event import first_event
from assessments.items.api import Skill
from assessments.sittings.api import Blueprint, Purpose, Sitting
from lms.accounts.api import Person
from lms.organisations.api import Membership, Role, RoleKind, Unit, load_units

MakeSitting = Callable[..., Sitting]


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create_user("ka-huong", "mat-khau-rat-dai", full_name="K'Brẽm Thị Hường")


@pytest.fixture
def achievement(db: None) -> Achievement:
    skill, _ = Skill.objects.get_or_create(
        code="vid", defaults={"name": "Định danh điện tử VNeID", "short_name": "VNeID"}
    )
    blueprint = Blueprint.objects.create(
        slug="vneid",
        title="Bài đánh giá VNeID",
        purpose=Purpose.SCORED,
        parts=[{"skill": "vid", "count": 10}],
    )
    return Achievement.objects.create(
        key="vid-co-ban",
        title="Định danh điện tử VNeID",
        skill=skill,
        level="Cơ bản",
        criteria="Biết dùng tài khoản định danh điện tử.",
        issuer="Ban Chỉ đạo phong trào",
        blueprint=blueprint,
    )


@pytest.fixture
def make_sitting(person: Person, achievement: Achievement) -> MakeSitting:
    def made(**fields: object) -> Sitting:
        blueprint = achievement.blueprint
        usual: dict[str, object] = {
            "person": person,
            "blueprint": blueprint,
            "start_uuid": uuid.uuid4(),
            "frozen": {"title": blueprint.title, "parts": blueprint.parts, "pass_share": 0.7},
            "purpose": Purpose.SCORED,
            "seed": 1,
            "audience": "citizen",
            "finished_at": timezone.now(),
            "points": 8.0,
            "max_points": 10.0,
            "passed": True,
            "by_skill": {"vid": {"points": 8.0, "max": 10.0}},
        }
        return Sitting.objects.create(**{**usual, **fields})

    return made


IssueTo = Callable[..., Certificate]


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    return load_units()


@pytest.fixture
def officer(units: dict[str, Unit]) -> Person:
    person = Person.objects.create_user(
        "nhan-su", full_name="Lê Văn Sự", email="nhan-su@vidu.test", is_demo=True
    )
    Role.objects.create(person=person, unit=units["xa-di-linh"], kind=RoleKind.HR_OFFICER)
    return person


@pytest.fixture
def desk(client: Client, officer: Person) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def issue(units: dict[str, Unit], make_sitting: MakeSitting, achievement: Achievement) -> IssueTo:
    """A member of a unit with a certificate that lasts so many days."""

    def made(name: str, unit: str = "xa-di-linh", days: int = 400, born: int = 1980) -> Certificate:
        number = Person.objects.count()
        person = Person.objects.create_user(f"nguoi-{number}", full_name=name, birth_year=born)
        Membership.objects.create(person=person, unit=units[unit], staff_number=f"CB{number}")
        sitting: Sitting = make_sitting(person=person)
        certificate = Certificate.objects.create(
            code=new_code(),
            number=f"2026-{number:06d}",
            achievement=achievement,
            person=person,
            sitting=sitting,
            name=name,
            level="Cơ bản",
            snapshot={"title": "VNeID"},
            valid_until=timezone.localdate() + dt.timedelta(days),
            state="stored",
        )
        first_event(certificate, {})
        return certificate

    return made
