"""A learner walks through a scored and a practice sitting over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from assessments.sittings.api import Blueprint, Sitting
from assessments.sittings.models import SittingItem
from lms.accounts.api import Person
from tests.sittings import walking


def right_place(sitting: Sitting, position: int) -> str:
    """The value that the browser must send for the right option."""
    from assessments.items.api import present
    from assessments.items.verdict import Verdict

    place = SittingItem.objects.get(sitting=sitting, position=position)
    key = next(o["id"] for o in place.version.content["options"] if o["correct"])
    shown = present(place.version, place.seed, {"option": key}, Verdict(1, True, answer={"option": key}))
    return str(next(o["value"] for o in shown.context["options"] if o["right"]))


def test_scored_sitting_from_start_to_result(browser: Client, learner: Person, scored: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    sitting = Sitting.objects.get(person=learner)
    for position in range(1, 11):
        assert f"Câu {position}/10" in walking.page(browser, address)
        wanted = right_place(sitting, position)
        chosen = wanted if position <= 7 else ("1" if wanted == "0" else "0")
        assert walking.answer(browser, address, position, tra_loi=chosen).status_code == 303
    assert walking.finish(browser, address).status_code == 303
    sitting.refresh_from_db()
    assert (sitting.points, sitting.max_points, sitting.passed) == (7.0, 10.0, True)
    assert sitting.by_skill == {"vid": {"points": 7.0, "max": 10.0}}
    result = walking.page(browser, address)
    assert "7 trong 10" in result
    assert "Ông bà" not in result


@pytest.mark.django_db
def test_visitor_reads_the_list_but_must_sign_in_to_start(scored: Blueprint) -> None:
    client = Client()
    assert "Bài đánh giá VNeID" in client.get("/danh-gia/").content.decode()
    intro = client.get("/danh-gia/vneid/")
    assert "/tai-khoan/" in intro.content.decode()
    refused = client.post("/danh-gia/vneid/bat-dau/", {"start_uuid": "0a0a0a0a-0000-4000-8000-000000000000"})
    assert refused.status_code == 302
    assert not Sitting.objects.exists()
