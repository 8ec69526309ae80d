"""Contents with children: each child is scored by its own key, and it must be clear which child is which."""

from __future__ import annotations

from typing import Any

import pytest

from media.h5p.errors import ResponseError
from media.h5p.scoring import score
from tests.h5p.contents import (
    Params,
    branching,
    branching_question,
    course_presentation,
    inner,
    interactive_video,
    multi_choice,
    named,
    question_set,
    snapshot,
    true_false,
)

IMAGE = inner("H5P.Image", {"alt": "?"})
CHOICE = inner("H5P.MultiChoice", multi_choice("++-"))
TRUE = inner("H5P.TrueFalse", true_false("true"))
FALSE = inner("H5P.TrueFalse", true_false("false"))
ESSAY = inner("H5P.Essay", {})


def points(library: str, params: Params, given: dict[str, Any]) -> tuple[float, float]:
    found = score(library, params, given)
    assert found.verified, found.details
    return found.raw, found.maximum


def given(*children: Any, **more: Any) -> dict[str, Any]:
    return snapshot(children=[one if isinstance(one, dict) else snapshot(one) for one in children], **more)


def test_question_set_adds_up() -> None:
    params = question_set(CHOICE, TRUE, FALSE)
    assert points("H5P.QuestionSet", params, given("0[,]1", "true", "true")) == (3, 4)
    assert points("H5P.QuestionSet", params, given("", "", "")) == (0, 4)
    with pytest.raises(ResponseError):
        score("H5P.QuestionSet", params, given("0", "true"))
    states = {"answers": [{"answers": [0]}, {"answer": True}, None]}
    assert points("H5P.QuestionSet", params, given("", "false", "false", state=states)) == (3, 4)


def test_question_set_with_a_pool_needs_to_know_what_was_shown() -> None:
    params = question_set(CHOICE, TRUE, FALSE, poolSize=2)
    assert not score("H5P.QuestionSet", params, given("true", "false")).verified
    assert points("H5P.QuestionSet", params, given("false", "true", state={"poolOrder": [2, 1]})) == (2, 2)
    for order in ([1, 1], [0, 3], ["x", 1]):
        with pytest.raises(ResponseError):
            score("H5P.QuestionSet", params, given("false", "true", state={"poolOrder": order}))


def test_question_set_in_random_order() -> None:
    params = question_set(TRUE, FALSE, randomQuestions=True)
    assert not score("H5P.QuestionSet", params, given("true", "false")).verified
    assert points("H5P.QuestionSet", params, given("false", "true", state={"order": [1, 0]})) == (2, 2)
    pool = question_set(CHOICE, TRUE, FALSE, randomQuestions=True, poolSize=2)
    both = {"poolOrder": [1, 2], "order": [1, 0]}
    assert points("H5P.QuestionSet", pool, given("false", "true", state=both)) == (2, 2)


def test_question_set_whose_children_have_names() -> None:
    params = question_set({**TRUE, "subContentId": "a"}, {**FALSE, "subContentId": "b"}, poolSize=1)
    assert points("H5P.QuestionSet", params, given(named("b", "false"))) == (1, 1)
    with pytest.raises(ResponseError):  # both questions although one was drawn
        score("H5P.QuestionSet", params, given(named("b", "false"), named("a", "true")))
    with pytest.raises(ResponseError):
        score("H5P.QuestionSet", params, given(named("c", "false")))


@pytest.mark.parametrize("library", ["H5P.InteractiveVideo", "H5P.CoursePresentation"])
def test_videos_and_presentations_score_their_scorable_children(library: str) -> None:
    def made(*actions: Params) -> Params:
        return (
            interactive_video(*actions)
            if library == "H5P.InteractiveVideo"
            else course_presentation(list(actions))
        )

    assert points(library, made(IMAGE, CHOICE, TRUE), given("0[,]1", "false")) == (2, 3)
    names = made({**TRUE, "subContentId": "a"}, {**FALSE, "subContentId": "b"})
    assert points(library, names, given(named("b", "false"))) == (1, 2)  # the other was never reached
    assert not score(library, made(CHOICE, TRUE), given("0")).verified
    assert not score(library, made(CHOICE, ESSAY), given("0[,]1", "x")).verified
    assert not score(library, made(CHOICE), snapshot("0")).verified


def test_a_video_with_a_real_summary_is_not_verified() -> None:
    params = interactive_video(TRUE, summaries=[{"summary": ["đúng", "sai"]}])
    assert not score("H5P.InteractiveVideo", params, given("true", "0")).verified


def test_nesting_works() -> None:
    slide = inner("H5P.InteractiveVideo", interactive_video(TRUE))
    assert points("H5P.CoursePresentation", course_presentation([slide]), given(given("true"))) == (1, 1)


# 0: question → 1 or the end; 1: a picture → 2; 2: question → the end or back to 0
WAY = [
    branching_question((1, 3), (-1, 1)),
    {"type": IMAGE, "nextContentId": 2, "feedback": {"endScreenScore": 1}},
    branching_question((-1, 5), (0, 2)),
]


@pytest.mark.parametrize(
    ("option", "choices", "raw", "maximum"),
    [
        ("static-end-score", ["0", "0"], 5, 5),
        ("static-end-score", ["1"], 1, 5),
        ("static-end-score", ["0"], 0, 5),  # not finished
        ("dynamic-score", ["0", "0"], 4, 4),
        ("dynamic-score", ["1"], 0, 4),
        ("dynamic-score", ["0", "1", "1"], 0, 4),  # back to the start, which forgets all
        ("dynamic-score", ["0", "1", "0", "0"], 4, 4),
    ],
)
def test_branching(option: str, choices: list[str], raw: float, maximum: float) -> None:
    assert points("H5P.BranchingScenario", branching(option, *WAY), given(*choices)) == (raw, maximum)


def test_branching_without_its_own_score_takes_the_children_on_the_way() -> None:
    video = {"type": inner("H5P.InteractiveVideo", interactive_video(TRUE)), "nextContentId": 1}
    params = branching("no-score", video, branching_question((-1, None)))
    assert points("H5P.BranchingScenario", params, given(given("true"), "0")) == (1, 1)


@pytest.mark.parametrize("choices", [["2"], ["1", "0"], ["x"], ["0", "0", "0"], ["0", "1"] * 1500])
def test_a_way_that_does_not_exist_is_refused(choices: list[str]) -> None:
    with pytest.raises(ResponseError):
        score("H5P.BranchingScenario", branching("dynamic-score", *WAY), given(*choices))


def test_a_maze_with_too_many_ways_is_not_verified_and_takes_no_time() -> None:
    size = 40
    maze = [branching_question((number + 1, 1), (number + 2, 2)) for number in range(size)]
    found = score("H5P.BranchingScenario", branching("dynamic-score", *maze), given(*["0"] * size))
    assert not found.verified
