"""Whatever a presenter presses, the stage stays one that a hall can be in; pure, no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.gatherings.evidence import evidence_class
from courses.gatherings.join_code import CODES, is_code, typed, with_check_digit
from courses.gatherings.phases import (
    ACTIONS,
    ASKED,
    CLOSED,
    ENDED,
    GRACE_MS,
    LOBBY,
    OPEN,
    PAUSED,
    REVEALED,
    SHOWN,
    InTime,
    NotAllowed,
    Stage,
    from_json,
    in_time,
    move,
    to_json,
)

KINDS = ["slide", "question", "discussion", "vote"]
presses = st.lists(st.sampled_from(ACTIONS), max_size=60)


def pressed(actions: list[str], kinds: list[str] = KINDS) -> list[Stage]:
    """Every stage on the way; what is refused changes nothing."""
    stages = [Stage()]
    for number, action in enumerate(actions, 1):
        try:
            stages.append(move(stages[-1], action, kinds, number * 1_000))
        except NotAllowed:
            stages.append(stages[-1])
    return stages


def after(*actions: str) -> Stage:
    stage = Stage()
    for number, action in enumerate(actions, 1):
        stage = move(stage, action, KINDS, number * 1_000)
    return stage


@given(presses)
def test_any_pressing_leaves_a_stage_that_can_be(actions: list[str]) -> None:
    before = Stage()
    for stage in pressed(actions):
        assert 0 <= stage.position <= len(KINDS)
        assert (stage.phase == PAUSED) == bool(stage.paused_from)
        shown = stage.paused_from or stage.phase
        assert (shown == LOBBY) == (stage.position == 0) or stage.phase == ENDED
        if shown in (OPEN, CLOSED, REVEALED):
            assert KINDS[stage.position - 1] in ASKED
            assert stage.here.asked
        if shown == REVEALED:
            assert stage.here.revealed
        # Rounds only grow, and what was revealed stays known as revealed.
        for position, here in before.progress.items():
            assert stage.progress[position].round >= here.round
            assert stage.progress[position].revealed >= here.revealed
        assert before.phase != ENDED or stage == before
        before = stage


@given(presses)
def test_a_stage_survives_being_stored(actions: list[str]) -> None:
    stage = pressed(actions)[-1]
    assert from_json(to_json(stage.progress)) == stage.progress


@given(presses, st.integers(0, 5), st.integers(0, 4), st.integers(0, 200_000))
def test_only_an_asked_round_takes_answers_in_time(
    actions: list[str], position: int, round_: int, now: int
) -> None:
    stage = pressed(actions)[-1]
    verdict = in_time(stage, position, round_, now)
    here = stage.progress.get(position)
    if verdict is InTime.YES:
        assert here is not None
        assert here.asked
        assert here.round == round_
        assert stage.phase != ENDED
        assert here.closed_ms is None or now - here.closed_ms <= GRACE_MS
        # Outside the grace only the question on the screen is open.
        assert here.closed_ms is not None or (stage.phase, stage.position) == (OPEN, position)
    if stage.phase == OPEN and stage.position == position and stage.here.round == round_:
        assert verdict is InTime.YES


@given(presses)
def test_an_answer_before_any_reveal_and_talk_is_the_only_a(actions: list[str]) -> None:
    here = pressed(actions)[-1].here
    found = evidence_class(here, 1, silent=True, own_phone=True)
    assert (found == "A") == (here.round == 1 and not here.discussed and not here.revealed)
    assert evidence_class(here, 1, silent=False, own_phone=True) == "C"
    assert evidence_class(here, 2, silent=True, own_phone=True) == "C"


def test_the_way_of_a_question_asked_twice() -> None:
    stage = after("next", "next", "open", "close", "discuss", "reopen", "close", "reveal")
    assert (stage.phase, stage.here.round, stage.here.discussed) == (REVEALED, 2, True)
    assert move(stage, "next", KINDS, 9_000).phase == SHOWN
    back = move(move(stage, "next", KINDS, 9_000), "back", KINDS, 9_500)
    assert (back.phase, back.here) == (REVEALED, stage.here)


def test_closed_too_early_goes_on_in_the_same_round() -> None:
    stage = after("next", "next", "open", "close", "reopen")
    assert (stage.phase, stage.here.round, stage.here.closed_ms) == (OPEN, 1, None)


def test_a_pause_closes_and_a_resume_opens_again() -> None:
    paused = after("next", "next", "open", "pause")
    assert in_time(paused, 2, 1, 4_000 + GRACE_MS) is InTime.YES
    assert in_time(paused, 2, 1, 4_001 + GRACE_MS) is InTime.LATE
    assert in_time(move(paused, "resume", KINDS, 60_000), 2, 1, 999_000) is InTime.YES


@pytest.mark.parametrize(
    ("done", "refused"),
    [
        ((), "open"),
        ((), "back"),
        (("next",), "open"),
        (("next", "next", "open"), "next"),
        (("next", "next"), "reveal"),
        (("next", "next", "open", "pause"), "close"),
        (("end",), "next"),
        (("next", "next", "next", "next"), "next"),
        ((), "dance"),
    ],
)
def test_what_makes_no_sense_is_refused(done: tuple[str, ...], refused: str) -> None:
    with pytest.raises(NotAllowed):
        move(after(*done), refused, KINDS, 99_000)


@given(st.integers(0, CODES - 1), st.integers(0, 5), st.integers(1, 9))
def test_a_join_code_refuses_each_wrong_digit(number: int, place: int, shift: int) -> None:
    code = with_check_digit(number)
    assert is_code(code)
    wrong = str((int(code[place]) + shift) % 10)
    assert not is_code(code[:place] + wrong + code[place + 1 :])


@given(st.integers(0, CODES - 1), st.integers(0, 4))
def test_a_join_code_refuses_each_swap_of_neighbours(number: int, place: int) -> None:
    code = with_check_digit(number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_code(swapped) == (swapped == code)


@given(st.text(max_size=60))
def test_any_typed_text_is_a_code_or_not(text: str) -> None:
    assert typed(text).isdigit() or not typed(text)
    assert not is_code(text) or len(text) == 6
