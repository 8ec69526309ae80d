"""Two versions are told apart in words, part by part."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items.difference_words import difference_lines
from assessments.items.differences import differences
from tests.sittings.conftest import choice_item

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 5) | st.text("ab", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(st.fixed_dictionaries({"id": st.sampled_from("xyz"), "text": inner}), max_size=3)
        | st.dictionaries(st.sampled_from(["text", "options", "when", "feedback"]), inner, max_size=3)
    ),
    max_leaves=12,
)
CONTENTS = st.dictionaries(st.sampled_from(["stem", "options", "screens", "rect"]), VALUES, max_size=4)


def _unique(value: Any) -> Any:
    """As the kinds demand it: no two parts of a list have the same id."""
    if isinstance(value, dict):
        return {name: _unique(one) for name, one in value.items()}
    if isinstance(value, list):
        seen: set[Any] = set()
        kept = []
        for one in map(_unique, value):
            key = one.get("id") if isinstance(one, dict) else None
            if key is None or key not in seen:
                kept.append(one)
            seen.add(key)
        return kept
    return value


def _nothing_empty(value: Any) -> Any:
    """An empty field and no field say the same."""
    if isinstance(value, dict):
        kept = {name: _nothing_empty(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (None, [], {})}
    return [_nothing_empty(one) for one in value] if isinstance(value, list) else value


@given(CONTENTS.map(_unique), CONTENTS.map(_unique))
def test_nothing_is_told_of_equals_and_something_of_the_others(one: Any, other: Any) -> None:
    assert differences(one, copy.deepcopy(one)) == []
    if _nothing_empty(one) != _nothing_empty(other):
        assert differences(one, other)
        assert difference_lines(one, other)


def _changed(change: Any) -> list[str]:
    before = choice_item(1)
    after = copy.deepcopy(before)
    change(after)
    return difference_lines(before, after)


def test_an_options_feedback_is_named_by_its_letter() -> None:
    (line,) = _changed(lambda item: item["options"][1].update(feedback="Rõ hơn."))
    assert line == "Phương án B: lời giải thích đổi từ “LỜI-GIẢI-KÍN VID-3-CH-001 1” thành “Rõ hơn.”"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda item: item.update(stem="Nên làm gì?"), "Câu hỏi đổi từ"),
        (lambda item: item["options"].pop(), "Phương án D đã bị bỏ"),
        (lambda item: item["options"].append({"id": "z", "text": "Thêm"}), "Phương án E được thêm: “Thêm”"),
        (lambda item: item["options"].reverse(), "thứ tự đổi từ"),
        (lambda item: item["options"][0].update(correct=True), "đáp án đúng đổi từ “không” thành “có”"),
        (lambda item: item.update(hint="Xem lại."), "Gợi ý là phần mới: “Xem lại.”"),
        (lambda item: item.update(source=None), "để trống"),
    ],
)
def test_each_sort_of_change_has_its_words(change: Any, words: str) -> None:
    lines = _changed(change)
    assert any(words in line for line in lines), lines


def test_a_moved_option_is_neither_gone_nor_new() -> None:
    assert len(_changed(lambda item: item["options"].reverse())) == 1


def test_a_button_of_a_simulated_task_is_named_with_its_screen() -> None:
    before = {
        "simulation": {
            "screens": [
                {
                    "id": "s1",
                    "title": "Kết quả tìm kiếm",
                    "elements": [{"id": "b1", "type": "button", "text": "Tìm", "then": [{"go": "s2"}]}],
                }
            ]
        }
    }
    after = copy.deepcopy(before)
    after["simulation"]["screens"][0]["elements"][0].update(text="Tìm ngay", then=[{"go": "s3"}])
    text, then = difference_lines(before, after)
    assert text == "Màn hình “Kết quả tìm kiếm”, Nút “Tìm ngay”: chữ đổi từ “Tìm” thành “Tìm ngay”"
    assert "việc xảy ra đổi từ" in then
