"""Answers over HTTP: stored once, in any order, by their owner only, and not after the end."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from assessments.sittings.api import Blueprint, Sitting
from assessments.sittings.models import LessonAnswer, Response
from lms.accounts.api import Person
from tests.sittings import walking


def form_of(client: Client, address: str, position: int) -> dict[str, str]:
    return walking.hidden_fields(walking.page(client, address, cau=position))


def test_a_double_post_is_one_answer(browser: Client, scored: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    form = {**form_of(browser, address, 1), "tra_loi": "0"}
    for _time in range(3):
        assert browser.post(f"{address}tra-loi/", form).status_code == 303
    assert Response.objects.count() == 1
    # The same UUID with another choice is the same answer: the first one stands.
    assert browser.post(f"{address}tra-loi/", {**form, "tra_loi": "1"}).status_code == 303
    assert Response.objects.count() == 1


def test_one_uuid_at_two_positions_is_a_conflict(browser: Client, scored: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    form = {**form_of(browser, address, 1), "tra_loi": "0"}
    browser.post(f"{address}tra-loi/", form)
    assert browser.post(f"{address}tra-loi/", {**form, "cau": "2"}).status_code == 409
    assert Response.objects.count() == 1


def test_answers_out_of_order_and_changed_before_the_end(browser: Client, scored: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    for position in (7, 2, 7):
        assert walking.answer(browser, address, position, tra_loi="1").status_code == 303
    assert Response.objects.filter(sitting_item__position=7).count() == 2
    assert "Câu 1/10" in walking.page(browser, address)
    walking.finish(browser, address)
    sitting = Sitting.objects.get()
    last = Response.objects.filter(sitting_item__position=7).order_by("-pk")[0]
    other = Response.objects.get(sitting_item__position=2)
    assert sitting.points == last.points + other.points


def test_an_answer_without_a_choice_is_refused_and_says_why(browser: Client, scored: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    response = walking.answer(browser, address, 1)
    assert response.status_code == 400
    assert "Hãy chọn một câu trả lời trước." in response.content.decode()
    assert not Response.objects.exists()


def test_after_the_end_nothing_is_stored(browser: Client, scored: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    form = {**form_of(browser, address, 3), "tra_loi": "0"}
    walking.finish(browser, address)
    sitting = Sitting.objects.get()
    refused = browser.post(f"{address}tra-loi/", form)
    assert refused.status_code == 409
    assert "đã nộp rồi" in refused.content.decode()
    assert not Response.objects.exists()
    # Handing in again changes nothing.
    again = browser.post(f"{address}ket-thuc/", {"finish_uuid": str(uuid.uuid4())})
    assert again.status_code == 303
    assert Sitting.objects.get().finished_at == sitting.finished_at


def test_a_sitting_of_somebody_else_is_not_found(
    browser: Client, stranger: Person, scored: Blueprint
) -> None:
    address = walking.start(browser, "vneid")
    form = {**form_of(browser, address, 1), "tra_loi": "0"}
    other = Client()
    other.force_login(stranger)
    for path in ("", "ket-thuc/", "ket-qua/"):
        assert other.get(f"{address}{path}").status_code == 404
    assert other.post(f"{address}tra-loi/", form).status_code == 404
    assert other.post(f"{address}ket-thuc/", {"finish_uuid": str(uuid.uuid4())}).status_code == 404
    assert not Response.objects.exists()
    assert Sitting.objects.get().finished_at is None
    assert Client().get(address).status_code == 302


def test_two_starts_are_one_sitting(browser: Client, scored: Blueprint) -> None:
    first = walking.start(browser, "vneid")
    start_uuid = str(Sitting.objects.get().start_uuid)
    again = browser.post("/danh-gia/vneid/bat-dau/", {"start_uuid": start_uuid})
    other_tab = browser.post("/danh-gia/vneid/bat-dau/", {"start_uuid": str(uuid.uuid4())})
    assert first == again["Location"] == other_tab["Location"]
    assert Sitting.objects.count() == 1


def test_a_start_uuid_of_somebody_else_opens_nothing(
    browser: Client, stranger: Person, scored: Blueprint
) -> None:
    walking.start(browser, "vneid")
    other = Client()
    other.force_login(stranger)
    stolen = str(Sitting.objects.get().start_uuid)
    assert other.post("/danh-gia/vneid/bat-dau/", {"start_uuid": stolen}).status_code == 404
    assert Sitting.objects.count() == 1


def test_a_new_scored_attempt_waits_a_day(browser: Client, scored: Blueprint) -> None:
    address = walking.start(browser, "vneid")
    walking.finish(browser, address)
    refused = browser.post("/danh-gia/vneid/bat-dau/", {"start_uuid": str(uuid.uuid4())})
    assert refused.status_code == 409
    assert "Chưa đến ngày làm lại" in refused.content.decode()
    scored.waiting_days = 0
    scored.save()
    assert browser.post("/danh-gia/vneid/bat-dau/", {"start_uuid": str(uuid.uuid4())}).status_code == 303


def test_another_device_goes_on_where_the_first_stopped(
    browser: Client, learner: Person, scored: Blueprint
) -> None:
    address = walking.start(browser, "vneid")
    walking.answer(browser, address, 1, tra_loi="0")
    phone = Client()
    phone.force_login(learner)
    assert address in phone.get("/danh-gia/vneid/").content.decode()
    assert "Câu 2/10" in walking.page(phone, address)


def test_an_empty_bank_starts_nothing(browser: Client, db: None) -> None:
    Blueprint.objects.create(slug="trong", title="Trống", parts=[{"skill": "vid", "count": 10}])
    refused = browser.post("/danh-gia/trong/bat-dau/", {"start_uuid": str(uuid.uuid4())})
    assert refused.status_code == 409
    assert not Sitting.objects.exists()


def test_practice_in_a_lesson_is_stored_once_for_a_person_and_never_for_a_visitor(
    learner: Person, stranger: Person, load: object
) -> None:
    from django.http import QueryDict

    from assessments.sittings.api import UuidTaken, practise
    from tests.sittings.conftest import choice_item

    (item,) = load(choice_item(1))  # type: ignore[operator]
    answer_uuid = uuid.uuid4()
    post = QueryDict("tra_loi=0")
    seen = practise(None, item.current, post, answer_uuid)
    assert not LessonAnswer.objects.exists()
    assert practise(learner, item.current, post, answer_uuid) == seen
    assert practise(learner, item.current, QueryDict("tra_loi=1"), answer_uuid) == seen
    assert LessonAnswer.objects.count() == 1
    with pytest.raises(UuidTaken):
        practise(stranger, item.current, post, answer_uuid)
