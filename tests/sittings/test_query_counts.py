"""Queries, with session and person counted, at two sizes of bank and history: they must not grow."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.sittings.api import (
    Blueprint,
    Purpose,
    Sitting,
    add_expert_parameters,
    finish_sitting,
    start_sitting,
)
from lms.accounts.api import Person
from tests.sittings import walking
from tests.sittings.conftest import spread_items

_CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


class Counted(CaptureQueriesContext):
    """Statements that ask for or change data; the frame of a transaction is not one."""

    def __enter__(self) -> Counted:
        super().__enter__()
        return self

    @property
    def statements(self) -> list[str]:
        return [q["sql"] for q in self.captured_queries if not q["sql"].startswith(_CONTROL)]


@pytest.fixture(params=[12, 120])
def bank(request: Any, load: Any, stranger: Person) -> Blueprint:
    """A small bank with one sitting of somebody else, and one ten times as large with fifty."""
    load(*spread_items(request.param))
    add_expert_parameters("vid")
    blueprint = Blueprint.objects.create(slug="vneid", title="VNeID", parts=[{"skill": "vid", "count": 10}])
    # The first sitting brings the parameters of the items into the cache.
    for _n in range(50 if request.param > 12 else 1):
        finish_sitting(start_sitting(stranger, blueprint, uuid.uuid4()), uuid.uuid4())
    return blueprint


def test_saving_an_answer_takes_at_most_four(browser: Client, bank: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    for position in (1, 5):
        form = {**walking.hidden_fields(walking.page(browser, address, cau=position)), "tra_loi": "0"}
        with Counted(connection) as queries:
            assert browser.post(f"{address}tra-loi/", form).status_code == 303
        assert len(queries.statements) <= 4, queries.statements


def test_showing_an_item_takes_at_most_five(browser: Client, bank: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    browser.get(address)
    with Counted(connection) as queries:
        assert browser.get(address, {"cau": "2"}).status_code == 200
    assert len(queries.statements) <= 5, queries.statements


def test_a_whole_sitting_of_ten_items_takes_at_most_forty(
    browser: Client, bank: Blueprint, settings: Any, learner: Person
) -> None:
    """Start, ten answers and handing in; sessions are cached, as in every shape of the site."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    browser.force_login(learner)
    intro = walking.hidden_fields(browser.get("/danh-gia/vneid/").content.decode())
    total: list[str] = []

    def post(path: str, fields: dict[str, str]) -> Any:
        with Counted(connection) as queries:
            response = browser.post(path, fields)
        assert response.status_code == 303
        total.extend(queries.statements)
        return response

    address = post("/danh-gia/vneid/bat-dau/", intro)["Location"]
    for _item in range(10):
        form = walking.hidden_fields(browser.get(address).content.decode())
        post(f"{address}tra-loi/", {**form, "tra_loi": "0"})
    post(f"{address}ket-thuc/", walking.hidden_fields(browser.get(f"{address}ket-thuc/").content.decode()))
    assert Sitting.objects.get(person=learner).finished_at
    # What upper rooms do when they are told that it ended has a budget of its own.
    ended = next(n for n, sql in enumerate(total) if sql.startswith('UPDATE "sittings_sitting"'))
    assert ended + 1 <= 40, "\n".join(sql[:150] for sql in total)


def test_result_and_list_do_not_grow(browser: Client, bank: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    walking.answer(browser, address, 1, tra_loi="0")
    walking.finish(browser, address)
    for path, most in ((f"{address}ket-qua/", 8), ("/danh-gia/", 6)):
        browser.get(path)
        with Counted(connection) as queries:
            assert browser.get(path).status_code == 200
        assert len(queries.statements) <= most, queries.statements


def test_practice_is_in_the_list_too(browser: Client, bank: Blueprint) -> None:
    Blueprint.objects.create(
        slug="luyen-tap-vneid", title="Luyện tập VNeID", purpose=Purpose.PRACTICE, parts=bank.parts
    )
    page = browser.get("/danh-gia/").content.decode()
    assert page.index("VNeID") < page.index("Luyện tập VNeID")
