"""Faults that only show when items are seen together: double ids, keys, likeness, balance, enemies, facts."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from assessments.items.audit.duplicates import grams
from tests.audit.good import bank_with, copies, errors, good_items


def codes_of(items: list[dict[str, Any]], name: str, **changes: Any) -> set[str]:
    return {fault.code for fault in errors(bank_with(items, **changes)) if fault.id == name}


def with_key_at(item: dict[str, Any], place: int) -> dict[str, Any]:
    item["options"] = [
        {"id": letter, "text": text, "correct": n == place, "feedback": f"Lời giải cho cách {letter} ở đây."}
        for n, (letter, text) in enumerate(
            zip("abc", ("Gọi lại sau", "Hỏi con cháu", "Thôi không làm"), strict=True)
        )
    ]
    return item


def test_one_id_twice() -> None:
    item = good_items()["CH"]
    assert "E01" in codes_of([item, copy.deepcopy(item)], item["id"])


def test_an_enemy_must_answer_in_kind() -> None:
    one, other = copies(good_items()["CH"], 2)
    one["enemies"] = [other["id"]]
    assert "E02" in codes_of([one, other], one["id"])
    other["enemies"] = [one["id"]]
    assert "E02" not in codes_of([one, other], one["id"])


@pytest.mark.parametrize(("places", "told"), [([0] * 6, True), ([0, 1, 2] * 2, False), ([0] * 5, False)])
def test_the_place_of_few_keys(places: list[int], told: bool) -> None:
    items = [
        with_key_at(item, place)
        for item, place in zip(copies(good_items()["CH"], len(places)), places, strict=True)
    ]
    assert ("E05" in codes_of(items, "VID")) is told


@pytest.mark.parametrize(("counts", "told"), [((14, 4, 4), True), ((9, 7, 6), False)])
def test_the_place_of_many_keys(counts: tuple[int, int, int], told: bool) -> None:
    places = [place for place, count in enumerate(counts) for _ in range(count)]
    items = [
        with_key_at(item, place)
        for item, place in zip(copies(good_items()["CH"], len(places)), places, strict=True)
    ]
    assert ("E05" in codes_of(items, "VID")) is told


@pytest.mark.parametrize(("true", "told"), [(0, True), (3, False), (6, True)])
def test_true_and_false_in_turn(true: int, told: bool) -> None:
    items = copies(good_items()["TF"], 6)
    for place, item in enumerate(items):
        for option in item["options"]:
            option["correct"] = (option["id"] == "true") is (place < true)
    skill = items[0]["skill"].upper()
    assert ("E05" in codes_of(items, skill)) is told


@pytest.mark.parametrize(("longest", "told"), [(2, False), (3, True)])
def test_the_length_of_keys(longest: int, told: bool) -> None:
    items = [with_key_at(item, place % 3) for place, item in enumerate(copies(good_items()["CH"], 5))]
    for place, item in enumerate(items):
        key = next(option for option in item["options"] if option["correct"])
        key["text"] = "Gọi lại cho người nhà trước" if place < longest else "Gọi"
    assert ("E06" in codes_of(items, "VID")) is told


def test_nearly_the_same_question() -> None:
    one, other = copies(good_items()["CH"], 2)
    other["stem"] = other["stem"].replace("Chú Bảy", "Cô Hạnh").upper()
    assert "E07" in codes_of([one, other], other["id"])
    other["stem"] = "Một chuyện khác hẳn ở bến cá. Ai cũng hỏi nhau xem phải đi đâu bây giờ?"
    for n, option in enumerate(other["options"]):
        option["text"] = f"Đi về phía thứ {n} của con đường làng"
    assert "E07" not in codes_of([one, other], other["id"])


def test_likeness_overlooks_names_numbers_and_diacritics() -> None:
    item = good_items()["CH"]
    one = {**item, "stem": "Bà Sáu trả 35.000 đồng ở chợ. Bà nên làm gì?"}
    other = {**item, "stem": "Chị Lan tra 12.345 đồng ở chợ. Bà nên làm gì?"}
    assert grams(one) == grams(other)


@pytest.mark.parametrize(("genuine", "told"), [(1, True), (3, False), (5, True)])
def test_suspecting_everything_does_not_pay(genuine: int, told: bool) -> None:
    items = copies(good_items()["CH"], 6)
    for place, item in enumerate(items):
        item["tags"] = ["fraud-genuine" if place < genuine else "fraud-false"]
    assert ("E17" in codes_of(items, "VID")) is told


def test_an_item_lives_no_longer_than_its_facts() -> None:
    item = good_items()["CH"]
    fact = {"says": "Điều này đúng.", "source": "Sổ tay", "mark": "K", "verified_on": "2026-11-23"}
    item |= {"facts": ["F-MOI"], "mark": "K", "review_by": "2027-02-22"}
    assert "E04" not in codes_of([item], item["id"], facts={"F-MOI": {**fact, "review_by": "2027-03-01"}})
    assert "E04" in codes_of([item], item["id"], facts={"F-MOI": {**fact, "review_by": "2027-01-01"}})
    assert "E04" in codes_of(
        [item], item["id"], facts={"F-MOI": {**fact, "review_by": "2027-03-01", "mark": "C"}}
    )


@pytest.mark.parametrize(
    ("fact", "latest"),
    [
        ({"mark": "K", "says": "Phép tính."}, "2027-11-23"),
        ({"mark": "S", "says": "Gọi 156 để báo.", "legal_basis": None}, "2027-02-23"),
        ({"mark": "S", "says": "Đổi mã trong mục Cá nhân."}, "2027-02-23"),
        ({"mark": "S", "says": "Người dân có quyền.", "legal_basis": "Luật 91/2025/QH15"}, "2027-05-23"),
        ({"mark": "S", "says": "Kẻ gian hay giả làm con cháu."}, "2027-05-23"),
        ({"mark": "P", "says": "Một nguyên tắc."}, "2027-11-23"),
    ],
)
def test_a_fact_is_compared_again_in_time(fact: dict[str, Any], latest: str) -> None:
    item = good_items()["CH"] | {"facts": ["F-MOI"]}
    whole = {"source": "Sổ tay", "verified_on": "2026-11-23", **fact}
    assert "E04" not in codes_of([item], "F-MOI", facts={"F-MOI": {**whole, "review_by": latest}})
    late = latest[:-2] + "24"
    assert "E04" in codes_of([item], "F-MOI", facts={"F-MOI": {**whole, "review_by": late}})


def test_a_fact_is_told_the_same_in_every_file() -> None:
    assert "E04" in codes_of([good_items()["CH"]], "F-HAI", facts_told_twice=["F-HAI"])
