"""Whatever an author writes into a file, the audit ends with faults, not with an error."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.items.audit.__main__ import main
from assessments.items.audit.plain_text import full_sentences, sentences, words
from assessments.items.audit.read_files import UnreadableError, bank_of
from tests.audit.good import bank_with, good_items, good_lesson, told

ITEMS, LESSON = good_items(), good_lesson()
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**12) | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "alt"]), inner, max_size=2)
    ),
    max_leaves=5,
)


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, one in children for place in _places(one, (*path, key)))]


def _replaced(content: dict[str, Any], path: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    spoiled = copy.deepcopy(content)
    holder = spoiled
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = junk
    return spoiled


@pytest.mark.parametrize("letters", sorted(ITEMS))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_an_item_with_anything_anywhere(letters: str, data: Any) -> None:
    path = data.draw(st.sampled_from(_places(ITEMS[letters])[1:]))
    spoiled = _replaced(ITEMS[letters], path, data.draw(JUNK))
    assert all(fault.code.startswith("E") for fault in told(bank_with([spoiled])))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_lesson_with_anything_anywhere(data: Any) -> None:
    path = data.draw(st.sampled_from(_places(LESSON)[1:]))
    spoiled = _replaced(LESSON, path, data.draw(JUNK))
    assert all(fault.code.startswith("E") for fault in told(bank_with([], [spoiled])))


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="aàđ .!?…:;”\n1,", max_size=60))
def test_sentences_lose_no_word(text: str) -> None:
    for split in (sentences, full_sentences):
        assert sum(len(words(part)) for part in split(text)) == len(words(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Bà Sáu ra chợ. Bà nên làm gì?", 2),
        ("Cô nói: “Đọc mã đi.” Bà nên làm gì?", 3),
        ("Trả 1.234.567 đồng lúc 17 giờ 30.", 1),
        ("Mở dichvucong.gov.vn rồi đăng nhập.", 1),
        ("Một dòng\nHai dòng", 2),
        ("", 0),
    ],
)
def test_what_a_sentence_is(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    "text", ["[1, 2", "một câu", "- 1", "task: a\nscreens: []\n", "\x00", "{a: !!python/name:os.system }"]
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hong.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError):
        bank_of([file], date(2026, 11, 23))


def test_a_file_is_seen_within_the_whole_bank(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.items.audit.__main__.starter_files", list)
    file = tmp_path / "cau.yaml"
    file.write_text(
        "items:\n- {id: VID-1-CH-977, kind: choice, skill: vid, outcome: VID-1, state: live}\n",
        encoding="utf-8",
    )
    assert main([str(file)]) == 1
    out = capsys.readouterr().out
    assert "E02 VID-1-CH-977 stem: is absent or empty" in out
    assert "E19 VID-1 " in out
    assert "QR-1" not in out
    broken = tmp_path / "hong.yaml"
    broken.write_text("[1, 2", encoding="utf-8")
    assert main([str(broken)]) == 1
    assert "E02 hong.yaml" in capsys.readouterr().out
