"""A finished sitting that earns a certificate, and a way to make more of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from assessments.certificates.api import Achievement
from assessments.items.api import Skill
from assessments.sittings.api import Blueprint, Purpose, Sitting
from lms.accounts.api import Person

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
