"""The trace door, pure: honest traces pass in any pieces; forged, reordered and foreign ones change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.items.simulation.compile_public import Compiled, compile_public
from assessments.items.simulation.trace_check import accept, digest, many_refusals
from tests.simulation.conftest import TASKS
from tests.simulation.tracing import fresh, trace_of

LATE = 10**9
NAMES = sorted(TASKS)


def _case(name: str, seed: int = 11) -> tuple[Compiled, list[dict[str, Any]]]:
    compiled = compile_public(TASKS[name], seed)
    return compiled, trace_of(compiled, compiled.world.task["recorded"]["solution"])


@given(name=st.sampled_from(NAMES), seed=st.integers(0, 10**6), cuts=st.lists(st.integers(0, 40), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_pieces_with_any_overlap_give_the_same_log(name: str, seed: int, cuts: list[int]) -> None:
    compiled, raws = _case(name, seed)
    whole = accept(fresh(compiled), 0, raws, LATE, hints=True).play
    play = fresh(compiled)
    for cut in [*sorted(cuts), len(raws)]:
        start = max(0, min(len(play.state.log), cut) - 2)
        accepted = accept(play, start, raws[start:cut], LATE, hints=True)
        assert not accepted.conflict
        play = accepted.play
    assert play.rows == whole.rows
    assert digest(play.rows) == digest(whole.rows)
    assert play.result.mastered


@given(name=st.sampled_from(NAMES), cut=st.integers(0, 40))
@settings(max_examples=30, deadline=None)
def test_a_truncated_trace_resumes_where_it_stopped(name: str, cut: int) -> None:
    compiled, raws = _case(name)
    part = accept(fresh(compiled), 0, raws[:cut], LATE, hints=True).play
    assert len(part.state.log) == min(cut, len(raws))
    rest = accept(part, len(part.state.log), raws[cut:], LATE, hints=True)
    assert rest.play.result.mastered


@given(name=st.sampled_from(NAMES), data=st.data())
@settings(max_examples=60, deadline=None)
def test_reordered_events_stop_where_they_are_impossible(name: str, data: Any) -> None:
    compiled, raws = _case(name)
    shuffled = data.draw(st.permutations(raws))
    accepted = accept(fresh(compiled), 0, shuffled, LATE, hints=True)
    honest = next((i for i, (a, b) in enumerate(zip(shuffled, raws, strict=True)) if a != b), len(raws))
    assert len(accepted.play.state.log) == honest
    assert accepted.conflict == (honest < len(raws))
    assert accepted.dropped == len(raws) - honest


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda x: st.lists(x, max_size=2),
)


@given(
    name=st.sampled_from(NAMES),
    place=st.integers(0, 5),
    key=st.sampled_from(["n", "t", "s", "e", "a", "v", "points"]),
    junk=_JUNK,
)
@settings(max_examples=200, deadline=None)
def test_an_edited_event_never_helps_and_never_breaks(name: str, place: int, key: str, junk: Any) -> None:
    compiled, raws = _case(name)
    forged = [dict(raw) for raw in raws]
    forged[place][key] = junk
    accepted = accept(fresh(compiled), 0, forged, LATE, hints=True)
    assert len(accepted.play.state.log) >= place
    assert 0 <= accepted.play.result.points <= accepted.play.result.maximum
    if key == "points":
        assert accepted.conflict
        assert len(accepted.play.state.log) == place


@pytest.mark.parametrize("action", ["success", "score", "goal", "pass", ""])
def test_a_forged_success_is_impossible(action: str) -> None:
    compiled, raws = _case(NAMES[0])
    forged = {**raws[0], "a": action, "e": None, "v": True}
    accepted = accept(fresh(compiled), 0, [forged], LATE, hints=True)
    assert (accepted.conflict, accepted.dropped, accepted.play.state.log) == (True, 1, ())


@pytest.mark.parametrize("name", NAMES)
def test_a_trace_of_another_sitting_fails_at_its_first_event(name: str) -> None:
    _, raws = _case(name, 1)
    other, _ = _case(name, 3)
    assert accept(fresh(other), 0, raws, LATE, hints=True).play.state.log == ()


def test_known_events_with_other_content_are_refused() -> None:
    compiled, raws = _case(NAMES[0])
    play = accept(fresh(compiled), 0, raws[:3], LATE, hints=True).play
    again = accept(play, 0, raws[:3], LATE, hints=True)
    assert not again.conflict
    assert again.play.rows == play.rows
    edited = [{**raws[0], "e": raws[2]["e"]}, *raws[1:3]]
    assert accept(play, 0, edited, LATE, hints=True).conflict


def test_a_gap_is_refused_without_counting() -> None:
    compiled, raws = _case(NAMES[0])
    accepted = accept(fresh(compiled), 2, raws[2:], LATE, hints=True)
    assert (accepted.conflict, accepted.dropped) == (True, 0)


def test_claimed_times_are_clipped_to_our_clock() -> None:
    compiled, raws = _case(NAMES[0])
    fast = [{**raw, "t": 10**9 + raw["n"]} for raw in raws]
    accepted = accept(fresh(compiled), 0, fast, 1000, hints=True)
    assert accepted.clipped
    assert max(row[1] for row in accepted.play.rows) == 6000


def test_hints_that_the_sitting_forbids_are_impossible() -> None:
    compiled, raws = _case("1-chon-ung-dung-vneid" if "1-chon-ung-dung-vneid" in TASKS else NAMES[0])
    hint = {**raws[0], "a": "hint", "e": None, "v": None}
    assert accept(fresh(compiled), 0, [hint], LATE, hints=False).conflict


def test_many_refusals_on_one_element_are_noticed() -> None:
    task = next(task for task in TASKS.values() if task["id"] == "VID-7-ST-401")
    compiled = compile_public(task, 2)
    path = ["tap ic_trinh_duyet", *["tap bt_di"] * 9]
    play = accept(fresh(compiled), 0, trace_of(compiled, path), LATE, hints=True).play
    assert many_refusals(play)
    assert not many_refusals(accept(fresh(compiled), 0, trace_of(compiled, path[:5]), LATE, hints=True).play)
