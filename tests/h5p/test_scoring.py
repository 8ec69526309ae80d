"""Scores come from the key and the response alone, in every mode of every type."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.h5p.errors import ResponseError
from media.h5p.scoring import score
from tests.h5p.contents import (
    Params,
    blanks,
    drag_question,
    drag_text,
    element,
    mark_the_words,
    multi_choice,
    single_choice_set,
    snapshot,
    true_false,
    zone,
)


def points(library: str, params: Params, response: Any = None, **more: Any) -> tuple[float, float]:
    found = score(f"H5P.{library} 1.0", params, snapshot(response, **more))
    assert found.verified
    return found.raw, found.maximum


def refused(library: str, params: Params, response: Any = None, **more: Any) -> str:
    with pytest.raises(ResponseError) as problem:
        score(f"H5P.{library}", params, snapshot(response, **more))
    return problem.value.code


MULTI = [
    # marks, behaviour, response, raw, maximum
    ("+--", {}, "0", 1, 1),
    ("+--", {}, "1", 0, 1),
    ("+--", {}, "", 0, 1),
    ("++-", {}, "0[,]1", 2, 2),
    ("++-", {}, "0", 1, 2),
    ("++-", {}, "0[,]2", 0, 2),  # a wrong one takes a point
    ("++-", {}, "2", 0, 2),  # never below nothing
    ("++-", {"singlePoint": True}, "0[,]1", 1, 1),
    ("++-", {"singlePoint": True}, "0", 0, 1),
    ("++-", {"singlePoint": True, "passPercentage": 50}, "0", 1, 1),
    ("---", {}, "", 1, 1),  # nothing is right: leaving all empty is
    ("---", {}, "1", 0, 1),
    ("+--", {"type": "multi"}, "0[,]1", 0, 1),
    ("++-", {"type": "single"}, "1", 1, 1),
    ("+--", {"type": "auto"}, "0", 1, 1),
    ("++-", {"type": "auto"}, "1[,]0", 2, 2),
]


@pytest.mark.parametrize(("marks", "behaviour", "response", "raw", "maximum"), MULTI)
def test_multi_choice(marks: str, behaviour: Params, response: str, raw: float, maximum: float) -> None:
    assert points("MultiChoice", multi_choice(marks, behaviour), response) == (raw, maximum)


def test_multi_choice_prefers_the_state_and_knows_weights() -> None:
    assert points("MultiChoice", multi_choice("++-"), "2", state={"answers": [0, 1]}) == (2, 2)
    weighted = multi_choice("++-", weights=[3, 1, 2])
    assert points("MultiChoice", weighted, "0[,]2") == (1, 4)
    assert points("MultiChoice", multi_choice("++-", weights=[float("nan"), 1, 1]), "0") == (1, 2)


@pytest.mark.parametrize("response", ["3", "-1", "0[,]0", "0[,]1", "a", "1e0", "٣", "0,1", "99999999999999"])
def test_multi_choice_refuses_the_impossible(response: str) -> None:
    assert refused("MultiChoice", multi_choice("+--"), response) in ("impossible-response", "bad-response")


@given(st.text("+-", min_size=1, max_size=6), st.sets(st.integers(0, 5)), st.booleans())
def test_multi_choice_is_always_within_its_maximum(marks: str, picked: set[int], single_point: bool) -> None:
    picked = {index for index in picked if index < len(marks)}
    params = multi_choice(marks, {"type": "multi", "singlePoint": single_point})
    raw, maximum = points("MultiChoice", params, "[,]".join(map(str, picked)))
    assert 0 <= raw <= maximum
    all_right = {index for index, mark in enumerate(marks) if mark == "+"}
    assert (raw == maximum) == (picked == all_right)


@pytest.mark.parametrize(
    ("correct", "response", "raw"),
    [
        ("true", "true", 1),
        ("true", "false", 0),
        ("false", "false", 1),
        ("true", "", 0),
        ("true", None, 0),
        ("true", True, 1),
    ],
)
def test_true_false(correct: str, response: Any, raw: float) -> None:
    assert points("TrueFalse", true_false(correct), response) == (raw, 1)


def test_true_false_state_and_nonsense() -> None:
    assert points("TrueFalse", true_false("true"), "false", state={"answer": True}) == (1, 1)
    assert refused("TrueFalse", true_false(), "maybe") == "impossible-response"
    assert refused("TrueFalse", true_false(), state={"answer": 1}) == "impossible-response"
    assert not score("H5P.TrueFalse", {"question": "?"}, snapshot("true")).verified


BLANKS = [
    (["*a* và *b*"], {}, "a[,]b", 2),
    (["*a* và *b*"], {}, "a[,]", 1),
    (["*a*", "*b*"], {}, "b[,]a", 0),
    (["*a/b/c d:mẹo*"], {}, "c d", 1),
    (["*a/b*"], {}, "a/b", 0),
    (["*1\\/2*"], {}, "1/2", 1),
    (["*Hà Nội*"], {}, "hà nội", 0),
    (["*Hà Nội*"], {"caseSensitive": False}, "HÀ NỘI", 1),
    (["*Hà Nội*"], {}, "Ha\u0300 No\u0323\u0302i", 1),  # a keyboard that writes marks apart
    (["*Hà Nội*"], {}, "  Hà\xa0 Nội ", 1),
    (["*a &amp; b*"], {}, "a & b", 1),
    (["*chứng nhận*"], {"acceptSpellingErrors": True}, "chứng nhạn", 1),
    (["*chứng nhận*"], {"acceptSpellingErrors": True}, "chừng nhạn", 1),
    (["*chứng nhận*"], {"acceptSpellingErrors": True}, "chừng nhạm", 0),
    (["*abcd*"], {"acceptSpellingErrors": True}, "abdc", 1),
    (["*abc*"], {"acceptSpellingErrors": True}, "abd", 0),
    (["*chứng nhận*"], {}, "chứng nhạn", 0),
]


@pytest.mark.parametrize(("questions", "behaviour", "response", "raw"), BLANKS)
def test_blanks(questions: list[str], behaviour: Params, response: str, raw: float) -> None:
    assert points("Blanks", blanks(*questions, **behaviour), response)[0] == raw


def test_blanks_state_emptiness_and_wrong_numbers() -> None:
    two = blanks("*a* *b*")
    assert points("Blanks", two, state=["a", "x[,]y"]) == (1, 2)
    assert points("Blanks", two) == points("Blanks", two, "") == (0, 2)
    for response in ("a", "a[,]b[,]c"):
        assert refused("Blanks", two, response) == "impossible-response"
    assert refused("Blanks", two, state=["a", 1]) == "bad-response"
    assert refused("Blanks", two, "a" * 2000 + "[,]b") == "bad-response"


DRAG = [
    ("Trời *xanh* mây *trắng*", "", "xanh[,]trắng", 2),
    ("Trời *xanh* mây *trắng*", "*đỏ*", "xanh[,]đỏ", 1),
    ("Trời *xanh* mây *trắng*", "", "trắng[,]xanh", 0),
    ("Trời *xanh* mây *trắng*", "", "[,]trắng", 1),
    ("*a:mẹo* *b\\+đúng\\-sai*", "", "a[,]b", 2),
    ("*a* *a*", "", "a[,]a", 2),
]


@pytest.mark.parametrize(("text", "distractors", "response", "raw"), DRAG)
def test_drag_text(text: str, distractors: str, response: str, raw: float) -> None:
    assert points("DragText", drag_text(text, distractors), response) == (raw, 2)


def test_drag_text_state_and_the_impossible() -> None:
    params = drag_text("*a* *b*", "*c*")
    moves = [{"draggable": 1, "droppable": 1}, {"draggable": 2, "droppable": 0}]
    assert points("DragText", params, state=moves) == (1, 2)
    assert refused("DragText", params, "a[,]a") == "impossible-response"  # one word in two gaps
    assert refused("DragText", params, "a[,]z") == "impossible-response"  # a word that is not there
    assert refused("DragText", params, "a") == "impossible-response"
    assert refused("DragText", params, state=[{"draggable": 3, "droppable": 0}]) == "impossible-response"
    twice = [{"draggable": 0, "droppable": 0}, {"draggable": 1, "droppable": 0}]
    assert refused("DragText", params, state=twice) == "impossible-response"


MARKED = [
    ("Đây là *mèo* và *chó*.", "2[,]4", 2, 2),
    ("Đây là *mèo* và *chó*.", "2", 1, 2),
    ("Đây là *mèo* và *chó*.", "2[,]0", 0, 2),
    ("Đây là *mèo* và *chó*.", "0[,]1", 0, 2),
    ("Đây là *mèo* và *chó*.", "", 0, 2),
    ("<p>Đây là <em>*mèo*</em>,</p><p>(*chó*)</p>", "2[,]3", 2, 2),
    ("không có gì", "", 1, 1),
    ("không có gì", "0", 0, 1),
    ("nói *xin\xa0chào* đi", "1", 1, 1),
]


@pytest.mark.parametrize(("text", "response", "raw", "maximum"), MARKED)
def test_mark_the_words(text: str, response: str, raw: float, maximum: float) -> None:
    assert points("MarkTheWords", mark_the_words(text), response) == (raw, maximum)


def test_mark_the_words_state_and_the_impossible() -> None:
    params = mark_the_words("*a* b")
    assert points("MarkTheWords", params, "1", state=[0]) == (1, 1)
    for response in ("2", "0[,]0", "x"):
        assert refused("MarkTheWords", params, response)
    assert not score("H5P.MarkTheWords", mark_the_words("a " * 40_000), snapshot("0")).verified


def test_single_choice_set_takes_the_snapshot_and_never_a_live_statement() -> None:
    params = single_choice_set(["đúng", "sai"], ["đúng", "sai", "sai nữa"])
    children = [snapshot("0"), snapshot("2")]
    assert points("SingleChoiceSet", params, children=children) == (1, 2)
    assert points("SingleChoiceSet", params, children=[snapshot("0"), snapshot("")]) == (1, 2)
    assert points("SingleChoiceSet", params, state={"userResponses": [0, 0]}) == (2, 2)
    claimed = {"progress": 2, "answers": {"corrects": 9, "wrongs": 0}}  # after retries the player counts on
    assert points("SingleChoiceSet", params, state=claimed, children=children) == (1, 2)
    assert not score("H5P.SingleChoiceSet", params, snapshot("0")).verified
    assert refused("SingleChoiceSet", params, children=[snapshot("0")]) == "impossible-response"
    assert (
        refused("SingleChoiceSet", params, children=[snapshot("0"), snapshot("3")]) == "impossible-response"
    )
    assert refused("SingleChoiceSet", params, children=[snapshot("0"), snapshot("0[,]1")]) == "bad-response"


TWO = ([element(0, 1), element(0, 1)], [zone(0), zone(1)])


@pytest.mark.parametrize(
    ("behaviour", "response", "raw", "maximum"),
    [
        ({}, "0[.]0[,]1[.]1", 2, 2),
        ({}, "0[.]0", 1, 2),
        ({}, "1[.]0[,]0[.]1", 0, 2),
        ({}, "0[.]0[,]0[.]1", 0, 2),
        ({"applyPenalties": False}, "0[.]0[,]0[.]1", 1, 2),
        ({"singlePoint": True}, "0[.]0[,]1[.]1", 1, 1),
        ({"singlePoint": True}, "0[.]0", 0, 1),
        ({}, "", 0, 2),
    ],
)
def test_drag_question(behaviour: Params, response: str, raw: float, maximum: float) -> None:
    assert points("DragQuestion", drag_question(*TWO, **behaviour), response) == (raw, maximum)


def test_drag_question_state_and_the_impossible() -> None:
    params = drag_question(*TWO)
    assert points("DragQuestion", params, state={"answers": [None, [{"x": 1, "y": 2, "dz": 1}]]}) == (1, 2)
    narrow = drag_question([element(0), element(0, 1)], [zone(0, single=True), zone(1)])
    for response in ("2[.]0", "0[.]9", "1[.]0", "0[.]0[,]0[.]1", "0[.]0[,]0[.]0", "00", "0[.]1[,]1[.]1"):
        assert refused("DragQuestion", narrow, response)
    many = drag_question([element(0, 1, multiple=True)], [zone(0), zone(0)])
    assert points("DragQuestion", many, "0[.]0[,]1[.]0") == (2, 2)
    nothing_right = drag_question([element(0)], [zone()])
    assert points("DragQuestion", nothing_right, "") == (1, 1)
    assert points("DragQuestion", nothing_right, "0[.]0") == (0, 1)


def test_drag_question_that_can_be_read_in_two_ways_is_not_verified() -> None:
    """Players differ in whether static elements count; the state always tells."""
    params = drag_question([element(), element(0, 1), element(0, 1)], [zone(1), zone(2)])
    assert not score("H5P.DragQuestion", params, snapshot("0[.]1")).verified
    assert points("DragQuestion", params, "0[.]0") == (1, 2)  # only one reading is possible
    assert points("DragQuestion", params, "0[.]1", state={"answers": [None, [{"dz": 0}]]}) == (1, 2)


@pytest.mark.parametrize(
    "library", ["H5P.Essay 1.5", "H5P.Summary 1.10", "Nonsense", "", "H5P.MultiChoiceX 1.0"]
)
def test_anything_else_is_not_verified(library: str) -> None:
    found = score(library, {}, snapshot("0"))
    assert (found.raw, found.maximum, found.verified) == (0, 0, False)


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        "x",
        {"statement": []},
        {"statement": {"result": {"response": ["0"]}}},
        {"statement": {}, "children": {}},
        {"statement": {"result": {"response": "0" * 70_000}}},
        {"children": [[]]},
    ],
)
def test_what_is_no_snapshot_is_refused(bad: Any) -> None:
    with pytest.raises(ResponseError):
        score("H5P.MultiChoice", multi_choice("+-"), bad)
