"""Adaptive and two-stage sittings over HTTP: the next item follows from the answer, and everything can be redone."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from assessments.items.api import Item, ItemState
from assessments.sittings.api import Blueprint, Sitting, SittingItem, add_expert_parameters, start_sitting
from assessments.sittings.models import ItemParameter, ParameterStatus, Response
from assessments.sittings.selecting import pool
from assessments.sittings.selecting.next_item import adaptive_row
from lms.accounts.api import Person
from tests.sittings import walking
from tests.sittings.conftest import choice_item, spread_items
from tests.sittings.test_journey import right_place
from tests.sittings.test_query_counts import Counted


@pytest.fixture
def adaptive(load: Any, monkeypatch: pytest.MonkeyPatch) -> Blueprint:
    """Sixty items calibrated from answers; the product asks for more, which would only cost time here."""
    monkeypatch.setattr(pool, "LEAST_CALIBRATED", 50)
    load(*spread_items(60))
    calibration = add_expert_parameters("vid")
    ItemParameter.objects.filter(calibration=calibration).update(
        status=ParameterStatus.CALIBRATED, a=1.6, c=0.2
    )
    return Blueprint.objects.create(
        slug="vneid",
        title="VNeID",
        selection="adaptive",
        parts=[{"skill": "vid", "count": 10}],
        max_items=12,
        cut_basic=-0.5,
        cut_proficient=0.5,
    )


@pytest.fixture
def two_stage(load: Any) -> Blueprint:
    load(*spread_items(60))
    return Blueprint.objects.create(
        slug="vneid",
        title="VNeID",
        selection="adaptive",
        parts=[{"skill": "vid", "count": 10}],
        cut_basic=-0.5,
    )


def walk(browser: Client, address: str, right: bool = True, most: int = 30) -> Sitting:
    """Answer until no item is open; returns the sitting, not yet handed in."""
    sitting = Sitting.objects.get(finished_at=None)
    for position in range(1, most + 1):
        if not SittingItem.objects.filter(sitting=sitting, position=position).exists():
            return sitting
        wanted = right_place(sitting, position)
        chosen = wanted if right else ("1" if wanted == "0" else "0")
        assert walking.answer(browser, address, position, tra_loi=chosen).status_code == 303
    raise AssertionError("endless")


@pytest.mark.parametrize("right", [True, False])
def test_an_adaptive_sitting_goes_towards_the_person_and_ends_by_itself(
    browser: Client, adaptive: Blueprint, right: bool
) -> None:
    address = walking.start(browser, "vneid")
    assert "Câu 1, nhiều nhất 12 câu" in walking.page(browser, address)
    sitting = walk(browser, address, right)
    rows = list(SittingItem.objects.filter(sitting=sitting).select_related("version__item"))
    assert 6 <= len(rows) <= 12
    assert len({row.version.item_id for row in rows}) == len(rows)
    levels = [row.version.item.difficulty for row in rows]
    assert (sum(levels[-3:]) > sum(levels[:3])) is right
    assert walking.finish(browser, address).status_code == 303
    sitting.refresh_from_db()
    known = sitting.estimates["vid"]
    assert sitting.passed is right
    assert not known["provisional"]
    assert known["n"] == len(rows)
    result = walking.page(browser, f"{address}ket-qua/")
    assert ("Thành thạo" in result) is right


def test_every_choice_can_be_redone_from_what_was_frozen(browser: Client, adaptive: Blueprint) -> None:
    sitting = walk(browser, walking.start(browser, "vneid"))
    sitting.refresh_from_db()
    for row in SittingItem.objects.filter(sitting=sitting):
        again = adaptive_row(sitting, row.position, row.why["given"], row.why["answers"])
        assert again is not None
        assert (again.version_id, again.why) == (row.version_id, row.why)
        assert len(row.why["candidates"]) <= 5


def test_an_answer_stands_once_the_next_item_followed(browser: Client, adaptive: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    form = {**walking.hidden_fields(walking.page(browser, address)), "tra_loi": "0"}
    for _twice in range(2):
        assert browser.post(f"{address}tra-loi/", form).status_code == 303
    refused = browser.post(f"{address}tra-loi/", {**form, "answer_uuid": str(uuid.uuid4()), "tra_loi": "1"})
    assert refused.status_code == 409
    assert "không đổi được nữa" in refused.content.decode()
    assert Response.objects.count() == 1
    assert SittingItem.objects.count() == 2
    # Looking back leads to the open item.
    assert "Câu 2," in walking.page(browser, address, cau=1)


def test_saving_an_adaptive_answer_takes_at_most_four(
    browser: Client, adaptive: Blueprint, settings: Any, learner: Person
) -> None:
    """Person, place, answer, next item; sessions and parameters come from the cache."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    browser.force_login(learner)
    address = walking.start(browser, "vneid")
    for position in (1, 2, 3):
        form = {**walking.hidden_fields(walking.page(browser, address, cau=position)), "tra_loi": "0"}
        with Counted(connection) as queries:
            assert browser.post(f"{address}tra-loi/", form).status_code == 303
        assert len(queries.statements) <= 4, queries.statements


@pytest.mark.parametrize("right", [True, False])
def test_without_calibration_there_are_two_stages(browser: Client, two_stage: Blueprint, right: bool) -> None:
    address = walking.start(browser, "vneid")
    sitting = Sitting.objects.get()
    assert (sitting.frozen["selection"], sitting.items.count()) == ("two_stage", 5)
    assert "Câu 1/10" in walking.page(browser, address)
    walk(browser, address, right)
    second = sitting.items.filter(position__gt=5)
    assert second.count() == 5
    assert {row.why["module"] for row in second} == {"harder" if right else "easier"}
    walking.finish(browser, address)
    sitting.refresh_from_db()
    assert sitting.passed is right
    assert sitting.estimates["vid"]["provisional"]


def test_new_items_are_tried_out_without_counting(browser: Client, load: Any) -> None:
    load(*spread_items(12))
    (pilot,) = load(choice_item(200, outcome="VID-3"))
    Item.objects.filter(pk=pilot.pk).update(state=ItemState.PILOT)
    Blueprint.objects.create(
        slug="vneid", title="VNeID", parts=[{"skill": "vid", "count": 10}], unscored_seeds=2, cut_basic=-0.5
    )
    address = walking.start(browser, "vneid")
    sitting = walk(browser, address)
    tried = sitting.items.get(scored=False)
    assert tried.version.item_id == pilot.pk
    assert tried.position > 1
    walking.finish(browser, address)
    sitting.refresh_from_db()
    assert (sitting.max_points, sitting.estimates["vid"]["n"]) == (10.0, 10)


def test_a_repeat_is_a_parallel_form(browser: Client, load: Any, learner: Person) -> None:
    load(*spread_items(24))
    blueprint = Blueprint.objects.create(slug="vneid", title="VNeID", parts=[{"skill": "vid", "count": 10}])
    seen: list[set[int]] = []
    for _attempt in range(3):
        address = walking.start(browser, "vneid")
        seen.append(set(Sitting.objects.get(finished_at=None).items.values_list("version__item", flat=True)))
        walking.finish(browser, address)
    assert not seen[0] & seen[1]
    # The bank is used up: at least not the same items as the last time.
    assert not seen[1] & seen[2]
    assert start_sitting(learner, blueprint, uuid.uuid4()).items.count() == 10
