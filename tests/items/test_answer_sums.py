"""Sums over answers: what follows from them agrees with the plain computation, in whatever order they were added."""

from __future__ import annotations

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items.answer_marks import marks_of, meanings
from assessments.items.answer_sums import Answered, Sums, discrimination, facility, measured, usual_seconds

SHARES = st.integers(0, 1000).map(lambda n: n / 1000)
ANSWERS = st.builds(
    Answered,
    answered=st.booleans(),
    points=SHARES,
    rest=st.none() | SHARES,
    seconds=st.none() | st.floats(0.1, 5000),
    marks=st.sampled_from([(), ("a",), ("b",), ("a", "b")]),
    critical=st.sampled_from([(), ("gave_otp",)]),
)


def total(answers: list[Answered]) -> Sums:
    sums = Sums()
    for one in answers:
        sums.add(measured(one))
    return sums


@given(st.lists(ANSWERS, max_size=40), st.randoms())
def test_the_order_of_answers_does_not_matter(answers: list[Answered], rng: random.Random) -> None:
    shuffled = rng.sample(answers, len(answers))
    assert total(answers).flat() == total(shuffled).flat()


@given(st.lists(ANSWERS, min_size=20, max_size=60))
def test_facility_and_discrimination_are_the_plain_ones(answers: list[Answered]) -> None:
    sums = total(answers)
    given_ = [one for one in answers if one.answered]
    if given_:
        assert facility(sums) == pytest.approx(statistics.fmean(one.points for one in given_))
    pairs = [(one.points, one.rest) for one in given_ if one.rest is not None]
    xs, ys = [x for x, _y in pairs], [y for _x, y in pairs]
    if len(pairs) >= 20 and len(set(xs)) > 1 and len(set(ys)) > 1:
        found = discrimination(sums)
        assert found is not None
        assert found == pytest.approx(statistics.correlation(xs, ys), abs=1e-9)
        assert -1.0000001 <= found <= 1.0000001
    else:
        assert discrimination(sums) is None


def test_one_long_lunch_does_not_move_the_usual_time() -> None:
    sums = total([Answered(True, 1.0, seconds=30.0)] * 20 + [Answered(True, 1.0, seconds=5000.0)])
    assert usual_seconds(sums) == pytest.approx(38, abs=1)


def test_what_was_left_out_counts_as_asked_only() -> None:
    assert total([Answered(False)]).flat() == {"asked": 1}


def test_marks_of_every_shape_of_answer() -> None:
    assert marks_of({"option": "b"}) == ("b",)
    assert marks_of({"options": ["a", "c"]}) == ("a", "c")
    assert marks_of({"genuine": {"m1": True, "m2": False}}) == ("m1=true", "m2=false")
    assert marks_of({"order": ["s2", "s1"]}) == ("s2=1", "s1=2")
    assert marks_of({"groups": {"c1": "g2"}}) == ("c1=g2",)
    assert marks_of({"typed": "156", "number": 156}) == ()
    assert marks_of({"seed": 1, "events": []}) == ()


def test_every_right_answer_of_the_meanings_is_a_mark_that_answers_make() -> None:
    content = {
        "cards": [{"id": "s1", "text": "Một", "position": 1}, {"id": "s2", "text": "Hai", "position": 2}]
    }
    assert {one.mark for one in meanings(content)} == set(marks_of({"order": ["s1", "s2"]}))
    content = {"messages": [{"id": "m1", "text": "Tin", "genuine": False}]}
    assert {one.mark for one in meanings(content)} == set(marks_of({"genuine": {"m1": False}}))
