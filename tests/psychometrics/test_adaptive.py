"""Adaptive sittings: choice, rules, stopping, reproducibility."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.psychometrics import adaptive, irf, score
from assessments.psychometrics.errors import InvalidInputError

from .simulation import bank


def pool(size: int = 100, **more: object) -> adaptive.Bank:
    a, b, c = bank(size)
    return adaptive.build_bank(a, b, c, outcomes=np.arange(size) % 4, **more)


def sit(state: adaptive.State, theta: float, seed: int) -> tuple[adaptive.State, adaptive.Stop]:
    rng = np.random.default_rng(seed)
    while True:
        stop = adaptive.should_stop(state)
        if stop:
            return state, stop
        item = adaptive.select_next(state, adaptive.generator(seed, len(state.given))).item
        items = state.bank.items
        right = rng.random() < irf.probability([theta], items.a[item], items.b[item])[0, 0]
        state = adaptive.with_answer(state, item, float(right))


def test_without_chance_the_most_informative_item_under_the_posterior_comes() -> None:
    state = adaptive.State(pool(), adaptive.Rules(randomesque=1))
    choice = adaptive.select_next(state, np.random.default_rng(0))
    theta = np.linspace(-6, 6, 61)
    density = np.exp(-0.5 * theta**2)
    items = state.bank.items
    expected = density @ irf.information(theta, *items) / density.sum()
    assert choice.item == int(expected.argmax())
    assert choice.information == pytest.approx(expected.max(), rel=1e-3)


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.floats(-2, 2))
def test_a_sitting_is_reproducible_and_never_repeats_an_item(seed: int, theta: float) -> None:
    start = adaptive.State(pool(), adaptive.Rules(maximum=20), seen=frozenset(range(0, 100, 3)))
    state, _ = sit(start, theta, seed)
    again, _ = sit(start, theta, seed)
    assert state.given == again.given
    assert len(set(state.given)) == len(state.given)
    assert not set(state.given) & set(start.seen)


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_the_estimate_of_a_sitting_is_the_posterior_mean(seed: int) -> None:
    state, stop = sit(adaptive.State(pool(), adaptive.Rules(maximum=12)), 0.3, seed)
    given, items = list(state.given), state.bank.items
    theta, se = score.eap([state.answers], items.a[given], items.b[given])
    assert stop.theta == pytest.approx(theta[0], abs=1e-5)
    assert stop.se == pytest.approx(se[0], abs=1e-5)


def test_five_way_randomesque_draws_among_the_best_five() -> None:
    state = adaptive.State(pool(), adaptive.Rules(randomesque=5))
    rng = np.random.default_rng(1)
    choices = [adaptive.select_next(state, rng) for _ in range(200)]
    assert {choice.item for choice in choices} == set(choices[0].candidates)
    assert len(choices[0].candidates) == 5


def test_enemies_keep_apart_in_both_directions() -> None:
    state = adaptive.State(pool(6, enemies={0: frozenset({1, 2}), 5: frozenset({0})}))
    state = adaptive.with_answer(state, 0, 1)
    drawn = {adaptive.select_next(state, np.random.default_rng(seed)).item for seed in range(40)}
    assert drawn == {3, 4}


def test_overexposed_items_are_left_out_unless_nothing_else_is_left() -> None:
    shown = np.where(np.arange(20) < 18, 0.5, 0.1)
    a, b, _ = bank(20)
    pool_ = adaptive.build_bank(a, b, exposure=shown)
    state = adaptive.State(pool_, adaptive.Rules(exposure_cap=0.25))
    choice = adaptive.select_next(state, np.random.default_rng(0))
    assert choice.item in {18, 19}
    assert choice.excluded["exposure"] == 18
    used = dataclasses.replace(state, seen=frozenset({18, 19}))
    assert "exposure" in adaptive.select_next(used, np.random.default_rng(0)).waived


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.floats(-1.5, 1.5))
def test_outcomes_stay_near_their_shares(seed: int, theta: float) -> None:
    shares = {0: 0.4, 1: 0.2, 2: 0.2, 3: 0.2}
    rules = adaptive.Rules(target_se=None, maximum=20, shares=shares)
    state, _ = sit(adaptive.State(pool(200), rules), theta, seed)
    counts = np.bincount(np.array(state.given) % 4, minlength=4)
    assert np.abs(counts - 20 * np.array([0.4, 0.2, 0.2, 0.2])).max() <= 2.5


def test_beginners_meet_items_that_they_will_probably_master() -> None:
    state = adaptive.State(pool(), adaptive.Rules(comfort=0.7))
    for seed in range(20):
        assert 0.55 <= adaptive.select_next(state, np.random.default_rng(seed)).success <= 0.85


@settings(max_examples=10)
@given(st.integers(0, 10**6))
def test_the_error_rule_stops_exactly_when_the_error_is_reached(seed: int) -> None:
    state, stop = sit(adaptive.State(pool(300), adaptive.Rules(target_se=0.35, maximum=80)), 0.0, seed)
    assert stop.reason == "precise"
    before = dataclasses.replace(state, given=state.given[:-1], answers=state.answers[:-1])
    assert stop.se <= 0.35 < adaptive.estimate(before)[1]


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.floats(-2.5, 2.5))
def test_the_cut_rule_stops_only_when_sure_or_at_the_maximum(seed: int, theta: float) -> None:
    rules = adaptive.Rules(target_se=None, cut=0.2, maximum=25)
    state, stop = sit(adaptive.State(pool(), rules), theta, seed)
    assert stop.above is not None
    if stop.reason == "maximum":
        assert 0.05 < stop.above < 0.95
        assert len(state.given) == 25
    else:
        assert stop.above >= 0.95 if stop.reason == "above" else stop.above <= 0.05


def test_minimum_comes_first_and_an_empty_pool_ends_the_sitting() -> None:
    sure = adaptive.State(pool(5), adaptive.Rules(target_se=5.0, minimum=3))
    assert adaptive.should_stop(sure) is None
    done = dataclasses.replace(sure, seen=frozenset(range(5)))
    stop = adaptive.should_stop(done)
    assert stop is not None
    assert stop.reason == "exhausted"
    with pytest.raises(InvalidInputError, match="No item is left"):
        adaptive.select_next(done, np.random.default_rng(0))


def test_outcomes_without_a_share_do_not_come_unless_nothing_else_is_left() -> None:
    state = adaptive.State(pool(20), adaptive.Rules(shares={1: 1.0}))
    choice = adaptive.select_next(state, np.random.default_rng(0))
    assert all(item % 4 == 1 for item in choice.candidates)
    used = dataclasses.replace(state, seen=frozenset(range(1, 20, 4)))
    assert "balance" in adaptive.select_next(used, np.random.default_rng(0)).waived


def test_impossible_states_and_rules_are_refused() -> None:
    state = adaptive.State(pool(5))
    rng = np.random.default_rng(0)
    for bad in (
        dataclasses.replace(state, given=(1,)),
        dataclasses.replace(state, sd=0.0),
        dataclasses.replace(state, rules=adaptive.Rules(randomesque=0)),
        dataclasses.replace(state, rules=adaptive.Rules(certainty=1.0)),
        dataclasses.replace(state, rules=adaptive.Rules(shares={0: -1.0})),
    ):
        with pytest.raises(InvalidInputError):
            adaptive.select_next(bad, rng)
    for item, answer in ((9, 1.0), (-1, 1.0), (2, 0.5)):
        with pytest.raises(InvalidInputError):
            adaptive.with_answer(state, item, answer)
    with pytest.raises(InvalidInputError):
        adaptive.with_answer(adaptive.with_answer(state, 2, 1), 2, 0)
    with pytest.raises(InvalidInputError):
        adaptive.generator(-1, 0)


def test_impossible_banks_are_refused() -> None:
    for more in ({"exposure": [2.0] * 5}, {"enemies": {0: frozenset({7})}}):
        with pytest.raises(InvalidInputError):
            pool(5, **more)
    with pytest.raises(InvalidInputError, match="no items"):
        adaptive.build_bank([], [])
    with pytest.raises(InvalidInputError):
        adaptive.build_bank([1.0], [0.0], outcomes=[0.5])
