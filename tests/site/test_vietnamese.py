"""Vietnamese text: one normal form, folding, comparison, order of names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms import vietnamese


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("Định danh điện tử", "dinh danh dien tu"),
        ("Hoà Thắng", "hòa thang"),
        ("K’Ho", "k'ho"),
        (unicodedata.normalize("NFD", "Thuỷ"), "thủy"),
        ("Krông Nô", "KRONG NO"),
    ],
)
def test_search_key_needs_no_diacritics(written: str, query: str) -> None:
    assert vietnamese.folded(written) == vietnamese.folded(query)


def test_tone_place_does_not_matter_but_letters_do() -> None:
    assert vietnamese.same_tone_place("hòa") == vietnamese.same_tone_place("hoà")
    assert vietnamese.same_tone_place("đa") != vietnamese.same_tone_place("da")
    assert vietnamese.same_tone_place("ma") != vietnamese.same_tone_place("má")
    assert vietnamese.without_tones("đường") == "đuong"


def test_names_sort_by_given_name_then_letters_then_tones() -> None:
    expected = [
        "Nguyễn Văn An", "Lê Thị Ánh", "Trần Bình", "Nguyễn Thị Dung", "Lê Đạt", "Y Thanh Hà",
        "Phạm Hòa", "K'Brếp", "Trần Thu", "Trần Thứ",
    ]  # fmt: skip
    assert sorted(set(expected), key=vietnamese.sort_key) == expected


@given(st.text(max_size=80))
def test_keys_are_stable_for_any_text(text: str) -> None:
    once = vietnamese.normal(text)
    assert vietnamese.normal(once) == once
    assert vietnamese.folded(once) == vietnamese.folded(text)
    assert vietnamese.folded(unicodedata.normalize("NFD", text)) == vietnamese.folded(text)
    assert len(vietnamese.sort_key(text)) <= 600
