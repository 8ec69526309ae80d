"""What the browser gets in blind mode holds no key, and the key that stays behind scores the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.h5p.errors import CannotBlind
from media.h5p.scoring import blind, score
from tests.h5p.contents import (
    Params,
    blanks,
    branching,
    branching_question,
    course_presentation,
    drag_question,
    drag_text,
    element,
    inner,
    interactive_video,
    mark_the_words,
    multi_choice,
    question_set,
    single_choice_set,
    snapshot,
    true_false,
    zone,
)

MARKED = mark_the_words("<p>Đây là *mèo*, (kia) là *chó*!</p><p>*Hết*</p>")
CONTENTS: dict[str, Params] = {
    "H5P.MultiChoice": multi_choice("+-+-", weights=[3, 1, 1, 1]),
    "H5P.TrueFalse": true_false("false"),
    "H5P.Blanks": blanks("Thủ đô là *Hà Nội/Ha Noi:hai chữ* và *sông Hồng*"),
    "H5P.DragText": drag_text("Trời *xanh\\+đúng lắm* và *trắng:mây*", "*đỏ*"),
    "H5P.MarkTheWords": MARKED,
    "H5P.SingleChoiceSet": single_choice_set(["đúng", "sai 1", "sai 2"], ["phải", "trái"]),
    "H5P.DragQuestion": drag_question([element(0), element(1)], [zone(0), zone(1)]),
}
NESTED = [inner(library, params, f"id-{library}") for library, params in CONTENTS.items()]
CONTENTS["H5P.QuestionSet"] = question_set(
    *NESTED, poolSize=4, endGame={"overallFeedback": [{"feedback": "lộ"}]}
)
CONTENTS["H5P.InteractiveVideo"] = interactive_video(inner("H5P.Text", {"text": "chữ"}), *NESTED)
CONTENTS["H5P.CoursePresentation"] = course_presentation(NESTED[:3], NESTED[3:])
CONTENTS["H5P.BranchingScenario"] = branching(
    "static-end-score", branching_question((-1, 777), (-1, 0)), default=5
)

TELLING_NAMES = {
    "correct",
    "weight",
    "chosenFeedback",
    "notChosenFeedback",
    "feedbackOnCorrect",
    "feedbackOnWrong",
}
TELLING_NAMES |= {"feedbackOnIncorrect", "solution", "endScreenScore", "overallFeedback", "blindWords"}
TELLING_TEXTS = [
    "Hà Nội",
    "Ha Noi",
    "sông Hồng",
    "đúng lắm",
    "*mèo*",
    "*chó*",
    "*Hết*",
    "fb0",
    "777",
    "lộ",
    "lời giải",
]
TELLING_TEXTS += ["*xanh", "*trắng:"]


def names(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(names, value)) if value else set()
    if isinstance(value, dict):
        return set(value).union(*map(names, value.values()))
    return set()


@pytest.mark.parametrize("library", CONTENTS)
@pytest.mark.parametrize("seed", range(5))
def test_no_key_is_delivered(library: str, seed: int) -> None:
    public, _ = blind(library, CONTENTS[library], seed)
    delivered = json.dumps(public, ensure_ascii=False)
    assert not names(public) & TELLING_NAMES
    told = [text for text in TELLING_TEXTS if text in delivered and f"{text}*" not in delivered]
    assert told == []
    for filled in ('"correctElements": ["', '"dropZones": ["0"]', '"dropZones": ["1"]'):
        assert filled not in delivered


@pytest.mark.parametrize("library", CONTENTS)
def test_the_same_seed_gives_the_same_and_the_original_stays(library: str) -> None:
    before = json.dumps(CONTENTS[library])
    assert blind(library, CONTENTS[library], "a") == blind(f"{library} 1.0", CONTENTS[library], "a")
    assert json.dumps(CONTENTS[library]) == before


@given(st.integers(), st.sets(st.integers(0, 3)))
def test_blind_multi_choice_scores_as_the_open_one(seed: int, picked: set[int]) -> None:
    params = CONTENTS["H5P.MultiChoice"]
    public, key = blind("H5P.MultiChoice", params, seed)
    texts = [answer["text"] for answer in public["answers"]]
    moved = [texts.index(params["answers"][index]["text"]) for index in picked]
    shown = score("H5P.MultiChoice", key, snapshot("[,]".join(map(str, moved))))
    opened = score("H5P.MultiChoice", params, snapshot("[,]".join(map(str, picked))))
    assert (shown.raw, shown.maximum, shown.verified) == (opened.raw, opened.maximum, opened.verified)


@given(st.integers(), st.integers(0, 2), st.integers(0, 1))
def test_blind_single_choice_set_scores_as_the_open_one(seed: int, first: int, second: int) -> None:
    params = CONTENTS["H5P.SingleChoiceSet"]
    public, key = blind("H5P.SingleChoiceSet", params, seed)
    picked = [first, second]
    moved = [
        shown["answers"].index(choice["answers"][pick])
        for shown, choice, pick in zip(public["choices"], params["choices"], picked, strict=True)
    ]
    children = [snapshot(str(index)) for index in moved]
    assert score("H5P.SingleChoiceSet", key, snapshot(children=children)).raw == (first == 0) + (second == 0)


@given(st.integers())
def test_blind_drag_text_by_words_and_by_state(seed: int) -> None:
    public, key = blind("H5P.DragText", CONTENTS["H5P.DragText"], seed)
    assert score("H5P.DragText", key, snapshot("xanh[,]đỏ")).raw == 1
    words = [word for word in public["distractors"].split("*") if word.strip()]
    assert sorted(words) == ["trắng", "xanh", "đỏ"]
    moves = [
        {"draggable": 2 + words.index(word), "droppable": gap} for gap, word in enumerate(("xanh", "trắng"))
    ]
    assert score("H5P.DragText", key, snapshot(state=moves)).raw == 2


@pytest.mark.parametrize(
    ("library", "response", "raw"),
    [
        ("H5P.TrueFalse", "false", 1),
        ("H5P.Blanks", "Hà Nội[,]sông Hồng", 2),
        ("H5P.MarkTheWords", "2[,]5[,]6", 3),
        ("H5P.DragQuestion", "0[.]0[,]1[.]1", 2),
        ("H5P.DragQuestion", "1[.]0[,]0[.]1", 0),
    ],
)
def test_the_key_scores(library: str, response: str, raw: float) -> None:
    _, key = blind(library, CONTENTS[library], 1)
    found = score(library, key, snapshot(response))
    assert found.verified
    assert found.raw == raw


def test_tips_stay() -> None:
    public, _ = blind("H5P.Blanks", CONTENTS["H5P.Blanks"], 1)
    assert public["questions"] == ["Thủ đô là *:hai chữ* và **"]


def drawn(params: Params) -> list[str]:
    return [question["subContentId"] for question in params["questions"]]


def test_the_server_draws_the_pool() -> None:
    params = CONTENTS["H5P.QuestionSet"]
    public, key = blind("H5P.QuestionSet", params, 3)
    assert len(drawn(public)) == 4
    assert drawn(public) == drawn(key)
    assert len({tuple(drawn(blind("H5P.QuestionSet", params, seed)[0])) for seed in range(8)}) > 1
    found = score("H5P.QuestionSet", key, snapshot(children=[snapshot()] * 4))
    assert found.verified
    assert found.maximum > found.raw == 0


@pytest.mark.parametrize(
    ("library", "params"),
    [
        ("H5P.Summary", {}),
        ("H5P.QuestionSet", question_set(inner("H5P.Essay", {}))),
        ("H5P.MarkTheWords", mark_the_words("nói *xin\xa0chào* đi")),
        ("H5P.MarkTheWords", mark_the_words("*...* a")),
    ],
)
def test_what_cannot_be_blinded_is_refused(library: str, params: Params) -> None:
    with pytest.raises(CannotBlind):
        blind(library, params, 1)
