"""Change of people and groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics import growth
from assessments.psychometrics.errors import InvalidInputError

numbers, errors = st.floats(-4, 4), st.floats(0.05, 2)


@given(numbers, errors, numbers, errors)
def test_a_change_is_reliable_when_it_exceeds_its_error(
    before: float, se_before: float, after: float, se_after: float
) -> None:
    found = growth.reliable_change([before], [se_before], [after], [se_after])
    index = (after - before) / np.sqrt(se_before**2 + se_after**2)
    assert found.ratio[0] == pytest.approx(index)
    assert found.reliable[0] == (abs(index) > 1.6448536)
    assert found.direction[0] == (np.sign(index) if found.reliable[0] else 0)


def test_people_who_do_not_change_are_seldom_called_changed() -> None:
    rng = np.random.default_rng(1)
    truth = rng.normal(size=20000)
    before, after = (truth + rng.normal(0, 0.4, truth.size) for _ in range(2))
    found = growth.reliable_change(before, 0.4, after, 0.4)
    assert found.reliable.mean() == pytest.approx(0.10, abs=0.01)


def test_people_who_were_not_measured_have_no_change() -> None:
    found = growth.reliable_change([np.nan, 0.0], [0.3, np.inf], [1.0, 3.0], [0.3, 0.3])
    assert np.isnan(found.ratio).all()
    assert not found.reliable.any()


def draws(mean: float, seed: int, people: int = 200) -> np.ndarray:
    rng = np.random.default_rng(seed)
    truth = np.random.default_rng(7).normal(size=people) + mean
    return truth + rng.normal(0, 0.3, (40, people))


@given(st.floats(-1, 1), st.integers(0, 10**6))
def test_group_change_is_the_mean_difference_with_an_interval_around_it(gain: float, seed: int) -> None:
    before, after = draws(0.0, seed), draws(gain, seed + 1)
    found = growth.group_change(before, after)
    assert found.change == pytest.approx((after - before).mean())
    assert found.low < found.change < found.high
    assert found.shown == (found.low > 0 or found.high < 0)
    mirrored = growth.group_change(after, before)
    assert mirrored.change == pytest.approx(-found.change)


def test_intervals_of_no_change_contain_zero_as_often_as_they_claim() -> None:
    hits = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        gains = rng.normal(0.0, 0.5, 80)
        before = np.zeros((30, 80))
        after = gains + rng.normal(0, 0.3, 80) + rng.normal(0, 0.3, (30, 80))
        hits += not growth.group_change(before, after).shown
    assert 0.85 <= hits / 300 <= 0.97


def test_share_change_counts_those_who_crossed_the_cut() -> None:
    found = growth.share_change(draws(0.0, 1), draws(0.8, 2), cut=0.3)
    above = [(draws(mean, seed) >= 0.3).mean() for mean, seed in ((0.0, 1), (0.8, 2))]
    assert found.change == pytest.approx(above[1] - above[0])
    assert found.shown


@given(numbers, errors, numbers, errors)
def test_a_difference_of_independent_estimates_is_shown_when_zero_lies_outside(
    before: float, se_before: float, after: float, se_after: float
) -> None:
    change, low, high, shown = growth.difference(before, se_before, after, se_after)
    assert change == pytest.approx(after - before)
    assert shown == (low > 0 or high < 0)


def test_a_certain_change_has_no_width() -> None:
    found = growth.group_change(np.zeros((3, 5)), np.ones((3, 5)))
    assert (found.change, found.low, found.high, found.shown) == (1.0, 1.0, 1.0, True)


def test_bad_input_is_refused() -> None:
    good = draws(0.0, 1)
    for before, after in (
        (good[:1], good[:1]),
        (good, good[:, :5]),
        (good[:, :1], good[:, :1]),
        (good * np.nan, good),
    ):
        with pytest.raises(InvalidInputError):
            growth.group_change(before, after)
        with pytest.raises(InvalidInputError):
            growth.share_change(before, after, 0.0)
    with pytest.raises(InvalidInputError):
        growth.reliable_change([0.0], [0.0], [1.0], [1.0])
    with pytest.raises(InvalidInputError):
        growth.reliable_change([0.0, 1.0], [1.0, 1.0], [1.0, 2.0, 3.0], [1.0, 1.0])
    with pytest.raises(InvalidInputError):
        growth.difference(0.0, -1.0, 0.0, 1.0)
