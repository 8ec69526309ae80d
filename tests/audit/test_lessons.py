"""Faults of lessons: their parts, their screens, what is heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.audit.good import bank_with, errors, good_items, good_lesson, told


def screen(lesson: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in lesson["screens"] if one["kind"] == kind)
    return found


def without(lesson: dict[str, Any], kind: str) -> None:
    lesson["screens"] = [one for one in lesson["screens"] if one["kind"] != kind]


def faults_of(lesson: dict[str, Any]) -> set[str]:
    return {
        fault.code
        for fault in errors(bank_with(list(good_items().values()), [lesson]))
        if fault.id == lesson["id"]
    }


PLANTED: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ("E20", lambda x: x.update(goal="Học xong, ông bà biết khóa. Ông bà còn biết mở.")),
    ("E20", lambda x: x.update(why_it_matters="Cô Hạnh mất máy ở chợ.")),
    ("E20", lambda x: without(x, "steps")),
    ("E20", lambda x: without(x, "what_can_go_wrong")),
    ("E20", lambda x: without(x, "practice")),
    ("E20", lambda x: without(x, "self_check")),
    ("E20", lambda x: without(x, "take_away")),
    ("E20", lambda x: screen(x, "practice").update(items=screen(x, "practice")["items"][:2])),
    ("E20", lambda x: screen(x, "practice")["items"].append("VID-7-CH-999")),
    ("E20", lambda x: screen(x, "self_check").update(statements=["Tôi biết."] * 6)),
    ("E20", lambda x: screen(x, "take_away").update(text="Mất máy thì khóa. " * 12)),
    ("E20", lambda x: screen(x, "idea").update(text="Mất máy thì khóa. " * 11)),
    ("E20", lambda x: screen(x, "idea").update(heading="Một đầu đề dài quá tám chữ thì không được")),
    ("E13", lambda x: screen(x, "idea").pop("audio_script")),
    ("E13", lambda x: screen(x, "idea").update(audio_script="Gọi số 156 để báo.")),
    ("E09", lambda x: screen(x, "idea").update(text="một " * 21)),
    ("E08", lambda x: screen(x, "steps")["steps"].append("Thuỷ bấm nút xanh.")),
    ("E12", lambda x: screen(x, "idea")["picture"].update(alt="")),
    ("E14", lambda x: screen(x, "idea").update(text="Ông bà truy cập website của xã.")),
    ("E10", lambda x: screen(x, "idea").update(text="Ông bà gọi số 0987654321.")),
    ("E11", lambda x: screen(x, "idea").update(text="Ông bà vào https://khoa-hoc.com xem.")),
]  # fmt: skip


def test_a_good_lesson_has_no_fault() -> None:
    assert faults_of(good_lesson()) == set()


@pytest.mark.parametrize(("code", "spoil"), PLANTED)
def test_a_planted_fault_is_told(code: str, spoil: Callable[[dict[str, Any]], Any]) -> None:
    lesson = good_lesson()
    spoil(lesson)
    assert code in faults_of(lesson)


def test_the_young_read_more_on_a_screen_than_the_old() -> None:
    lesson = good_lesson()
    screen(lesson, "idea")["text"] = "Mất máy thì khóa. " * 14
    assert "E20" in faults_of(lesson)
    assert "E20" not in faults_of({**lesson, "audience": ["citizen"]})


def test_another_form_of_address_is_a_warning() -> None:
    lesson = good_lesson()
    screen(lesson, "idea")["text"] = "Bà con mở máy lên xem."
    found = [fault for fault in told(bank_with([], [lesson])) if fault.code == "E14"]
    assert [fault.warning for fault in found] == [True]
