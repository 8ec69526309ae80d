"""Administrators set assessments by a form; what the bank cannot hold is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from assessments.items.api import Item
from assessments.sittings.api import Blueprint
from lms.accounts.api import Person
from tests.sittings.conftest import spread_items

ADD = "/quan-tri/snippets/sittings/blueprint/add/"
GIVEN: dict[str, Any] = {
    "title": "Bài thi tay nghề", "slug": "tay-nghe", "intro": "", "purpose": "scored", "open": "on", "position": "3",
    "selection": "adaptive", "parts-vid": "8", "fixed_items": "", "exposure_cap": "0.3", "unscored_seeds": "1",
    "max_items": "15", "se_target": "0.3", "minutes": "20", "cut_basic": "-0.4", "cut_proficient": "0.6",
    "pass_share": "0.7", "waiting_days": "2",
}  # fmt: skip


@pytest.fixture
def chief(load: Any) -> Client:
    load(*spread_items(20))
    client = Client()
    client.force_login(
        Person.objects.create(username="chief", is_superuser=True, is_staff=True, is_demo=True)
    )
    return client


def test_an_assessment_is_made_and_changed(chief: Client) -> None:
    assert chief.post(ADD, GIVEN).status_code == 302
    made = Blueprint.objects.get(slug="tay-nghe")
    assert made.parts == [{"skill": "vid", "count": 8}]
    assert (made.selection, made.cut_basic, made.exposure_cap, made.unscored_seeds) == (
        "adaptive",
        -0.4,
        0.3,
        1,
    )
    page = chief.get(f"/quan-tri/snippets/sittings/blueprint/edit/{made.pk}/")
    assert 'name="parts-vid"' in page.content.decode()
    codes = list(Item.objects.order_by("code").values_list("code", flat=True)[:2])
    listed = {**GIVEN, "selection": "fixed", "fixed_items": f"{codes[1].lower()}\n{codes[0]}"}
    assert chief.post(f"/quan-tri/snippets/sittings/blueprint/edit/{made.pk}/", listed).status_code == 302
    made.refresh_from_db()
    assert made.fixed_items == [codes[1], codes[0]]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"parts-vid": "21"}, "chỉ có 20 câu"),
        ({"parts-vid": "-1"}, "số nguyên từ 0"),
        ({"parts-vid": "9" * 400}, "số nguyên từ 0"),
        ({"parts-vid": ""}, "ít nhất một câu của một kỹ năng"),
        ({"selection": "fixed"}, "liệt kê ít nhất một câu"),
        ({"selection": "fixed", "fixed_items": "KHONG-CO"}, "KHONG-CO"),
        ({"cut_basic": "0.7"}, "phải bắt đầu cao hơn"),
        ({"cut_basic": ""}, "cả hai mức"),
        ({"exposure_cap": "0"}, "Từ 0,05 đến 1"),
        ({"max_items": "999"}, "Từ 5 đến 60"),
        ({"slug": "có dấu"}, "slug"),
    ],
)
def test_what_cannot_work_is_refused_in_words(chief: Client, wrong: dict[str, str], words: str) -> None:
    answer = chief.post(ADD, {**GIVEN, **wrong})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Blueprint.objects.exists()


def test_editors_do_not_change_what_certificates_rest_on(client: Client, load: Any) -> None:
    client.force_login(Person.objects.create(username="editor", is_staff=True, is_demo=True))
    assert client.post(ADD, GIVEN).status_code in (302, 403)
    assert not Blueprint.objects.exists()
