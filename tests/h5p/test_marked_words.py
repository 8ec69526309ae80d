"""Words get the indexes that the player gives them; Vietnamese phrases stay together when they are exported."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.h5p.marked_words import LONGEST_TEXT, has_split_phrase, join_phrases, without_key, words
from media.h5p.scoring.texts import drag_words

SYLLABLES = st.sampled_from(
    ["xin", "chào", "*mèo*", "*con chó*", "bạn,", "(và", "hết).", "a*b", "<b>đậm</b>", "<br/>", "**"]
)
TEXTS = st.lists(SYLLABLES, max_size=12).map(" ".join)


def shown(html: str) -> list[str]:
    return [("!" if word.is_answer else "") + word.text for word in words(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Đây là *mèo*.", ["Đây", "là", "!*mèo*"]),
        ("<p>(Đây) “là” *mèo*,</p><p>*chó*…</p>", ["Đây", "là", "!*mèo*", "!*chó*"]),
        ("một\nhai\xa0ba", ["một", "hai", "ba"]),
        ("*xin chào*", ["*xin", "chào*"]),
        (" *xin\xa0chào* ", ["!*xin\xa0chào*"]),
        ("*xin\xa0chào*", ["*xin", "chào*"]),  # without spaces around the player cuts it
        ("2 ** 3", ["2", "**", "3"]),
        ("... ! ?", []),
        ("&lt;a&gt; *b*", ["<a>", "!*b*"]),
    ],
)
def test_words_are_cut_as_the_player_cuts(html: str, expected: list[str]) -> None:
    assert shown(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "*xin chào*",
        "Nói *xin chào*, rồi *tạm biệt*.",
        "*một hai* *ba bốn*",
        "<p>*xin chào*</p><p>a *tạm biệt* b</p>",
    ],
)
def test_joined_phrases_are_one_word_each(html: str) -> None:
    assert has_split_phrase(html)
    joined = join_phrases(html)
    assert not has_split_phrase(joined)
    assert all(word.is_answer for word in words(joined) if "*" in word.text)
    assert sum(word.is_answer for word in words(joined)) == html.count("*") // 2


@given(TEXTS)
def test_joining_twice_changes_nothing_more_in_meaning(text: str) -> None:
    once = join_phrases(text)
    assert shown(join_phrases(once)) == shown(once)


@given(
    st.lists(st.sampled_from(["xin", "chào,", "*mèo*", "(*chó*)", "<b>*a*</b>", "hết."]), max_size=12).map(
        " ".join
    )
)
def test_without_its_key_a_text_has_the_same_words_in_the_same_places(text: str) -> None:
    bare = words(without_key(text))
    assert [word.text for word in bare] == [word.text.strip("*") for word in words(text)]
    assert not any(word.is_answer for word in bare)


HOSTILE = [
    ".",
    "(",
    "*",
    "<!--",
    "</",
    "&",
    "<![CDATA[",
    "<",
    "\\\\",
    ":",
    "<?",
    "<b",
    "<script>",
    "<'",
    '<"',
    '<a=""',
]


@pytest.mark.parametrize("piece", [*HOSTILE, " *a", "* ", "<a "])
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = (piece * LONGEST_TEXT)[: LONGEST_TEXT - 1] + "a"
    started = time.process_time()
    words(text)
    join_phrases(text)
    drag_words(text * 20)
    assert time.process_time() - started < 3


def test_single_words_are_no_split_phrases() -> None:
    assert not has_split_phrase("*một* và *hai*, 5 * 3 * 2")
