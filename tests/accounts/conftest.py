"""People who sign in."""

from __future__ import annotations

import pytest

from lms.accounts.api import Person

PASSWORD = "rung-thong-xanh-27"


@pytest.fixture
def learner(db: None) -> Person:
    return Person.objects.create_user(
        "kahien",
        PASSWORD,
        full_name="Ka Hiền",
        phone="0912345678",
        email="kahien@example.vn",
        birth_year=1961,
    )


@pytest.fixture
def facilitator(db: None) -> Person:
    return Person.objects.create_user("huongdan", PASSWORD, full_name="Nguyễn Thị Hướng")
