"""Calibration against known values, shards, anchors, priors, and data that cannot be calibrated."""

import functools
import operator
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.psychometrics import calibrate
from assessments.psychometrics.errors import ConstantItemError, InvalidInputError, NotIdentifiedError

from .simulation import Floats, answers, bank, lsat7


def test_lsat7_2pl_matches_the_literature() -> None:
    fit = calibrate.fit_mml(*lsat7_call("2pl"))
    assert fit.converged
    assert fit.log_likelihood == pytest.approx(-2658.80511, abs=1e-3)
    np.testing.assert_allclose(fit.a, [0.98755, 1.08084, 1.70748, 0.76499, 0.73567], atol=1e-4)
    np.testing.assert_allclose(fit.b, [-1.87926, -0.74754, -1.05724, -0.63530, -2.52076], atol=1e-4)
    np.testing.assert_allclose(fit.se_a, [0.17719, 0.16876, 0.32108, 0.13412, 0.15113], atol=1e-4)


def test_lsat7_1pl_matches_the_literature() -> None:
    fit = calibrate.fit_mml(*lsat7_call("1pl"))
    assert fit.log_likelihood == pytest.approx(-2664.90089, abs=1e-3)
    np.testing.assert_allclose(fit.a, 1.01127, atol=1e-4)
    assert (fit.se_b > 0).all()


def lsat7_call(model: str) -> tuple[Floats, str, Floats]:
    patterns, counts = lsat7()
    return patterns, model, counts


def test_weights_say_the_same_as_repeated_rows() -> None:
    patterns, counts = lsat7()
    long = np.repeat(patterns, counts.astype(int), axis=0)
    weighted, repeated = calibrate.fit_mml(patterns, weights=counts), calibrate.fit_mml(long)
    np.testing.assert_allclose(weighted.a, repeated.a, atol=1e-6)
    np.testing.assert_allclose(weighted.se_b, repeated.se_b, atol=1e-6)


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.sampled_from(["1pl", "2pl"]), st.sampled_from([0.0, 0.2]))
def test_eight_shards_agree_with_one(seed: int, model: str, guessing: float) -> None:
    a, b, c = bank(6, seed, guessing)
    sheet = answers(np.random.default_rng(seed).normal(size=300), a, b, c, seed)
    sheet[::7, 2] = np.nan
    shards = np.array_split(sheet, 8)
    one = calibrate.e_step(sheet, a, b, c)
    eight = functools.reduce(operator.add, (calibrate.e_step(shard, a, b, c) for shard in shards))
    for name in ("right", "answered", "mass", "log_likelihood", "people"):
        np.testing.assert_allclose(getattr(eight, name), getattr(one, name), rtol=1e-10)
    pair = [calibrate.m_step(shards_, a, b, c, model) for shards_ in (one, eight)]
    for whole, parts in zip(*pair, strict=True):
        np.testing.assert_allclose(whole, parts, atol=1e-9)


def test_a_calibration_over_eight_shards_is_the_same_to_nine_digits() -> None:
    a, b, _ = bank(8)
    sheet = answers(np.random.default_rng(3).normal(size=1500), a, b)
    one = calibrate.fit_mml(sheet)
    shards = [*np.array_split(sheet, 8), np.empty((0, 8))]

    def expect(at: calibrate.Parameters) -> calibrate.Statistics:
        parts = (calibrate.e_step(shard, at.a, at.b, at.c, mean=at.mean, sd=at.sd) for shard in shards)
        return functools.reduce(operator.add, parts)

    def lose(at: calibrate.Parameters) -> Floats:
        return np.sum([calibrate.lost_information(shard, at.a, at.b, at.c) for shard in shards], axis=0)

    eight = calibrate.fit_shards(expect, lose, 8)
    np.testing.assert_allclose(eight.a, one.a, atol=1e-9)
    np.testing.assert_allclose(eight.b, one.b, atol=1e-9)
    np.testing.assert_allclose(eight.se_a, one.se_a, atol=1e-9)


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.sampled_from(["1pl", "2pl"]))
def test_an_em_step_never_loses_likelihood(seed: int, model: str) -> None:
    a, b, c = bank(5, seed)
    sheet = answers(np.random.default_rng(seed).normal(size=200), a, b, c, seed)
    before = calibrate.e_step(sheet, np.ones(5), np.zeros(5))
    new_a, new_b, _, _ = calibrate.m_step(before, np.ones(5), np.zeros(5), model=model)
    assert calibrate.e_step(sheet, new_a, new_b).log_likelihood >= before.log_likelihood - 1e-9


def test_true_parameters_lie_within_their_errors_although_answers_are_missing() -> None:
    a, b, c = bank(20, guessing=0.2)
    rng = np.random.default_rng(5)
    sheet = answers(rng.normal(size=6000), a, b, c)
    sheet[rng.random(sheet.shape) < 0.3] = np.nan
    fit = calibrate.fit_mml(sheet, c=c)
    assert np.mean(((fit.a - a) / fit.se_a) ** 2) < 2.0
    assert np.mean(((fit.b - b) / fit.se_b) ** 2) < 2.0
    assert np.corrcoef(fit.b, b)[0, 1] > 0.98


def test_standard_errors_agree_with_differences_of_the_gradient() -> None:
    patterns, counts = lsat7()
    fit = calibrate.fit_mml(patterns, weights=counts, tol=1e-9)
    at = np.concatenate([fit.a, fit.b])

    def value(shift: Floats) -> float:
        a, b = np.split(at + shift, 2)
        return calibrate.e_step(patterns, a, b, weights=counts).log_likelihood

    unit = np.eye(10) * 1e-3
    hessian = [[second_difference(value, unit[i], unit[j]) for j in range(10)] for i in range(10)]
    errors = np.sqrt(np.diag(np.linalg.inv(-np.array(hessian) / 1e-6)))
    np.testing.assert_allclose(np.concatenate([fit.se_a, fit.se_b]), errors, rtol=2e-3)


def second_difference(value: Callable[[Floats], float], one: Floats, two: Floats) -> float:
    return float(value(one + two) - value(one - two) - value(two - one) + value(-one - two)) / 4


def test_anchors_stay_and_carry_the_scale_to_an_abler_group() -> None:
    a, b, _ = bank(20)
    sheet = answers(np.random.default_rng(8).normal(0.8, 1.3, 4000), a, b)
    fit = calibrate.fit_mml(sheet, anchors={item: (a[item], b[item]) for item in range(8)})
    np.testing.assert_array_equal(fit.a[:8], a[:8])
    np.testing.assert_array_equal(fit.se_b[:8], 0.0)
    assert fit.mean == pytest.approx(0.8, abs=0.1)
    assert fit.sd == pytest.approx(1.3, abs=0.1)
    assert np.abs(fit.b[8:] - b[8:]).max() < 0.25
    assert np.mean(((fit.b[8:] - b[8:]) / fit.se_b[8:]) ** 2) < 2.5


def test_priors_hold_what_few_answers_cannot() -> None:
    a, b, _ = bank(5)
    sheet = answers(np.random.default_rng(1).normal(size=12), a, b)
    sheet[:, 0] = 1.0
    fit = calibrate.fit_mml(sheet, priors={"a": (0.0, 0.3), "b": ([-2, 0, 0, 0, 0], 1.0)})
    assert fit.converged
    assert fit.b[0] < -1.0
    assert ((fit.a > 0.3) & (fit.a < 3)).all()
    assert ((fit.se_b > 0) & (fit.se_b < 1.5)).all()


def test_a_prior_counts_once_for_the_common_slope() -> None:
    _, b, _ = bank(10)
    sheet = answers(np.random.default_rng(1).normal(size=400), np.ones(10), b)
    free = calibrate.fit_mml(sheet, "1pl")
    held = calibrate.fit_mml(sheet, "1pl", priors={"a": (np.log(2.0), 0.1)})
    assert free.a[0] < held.a[0] < 1.6


def test_all_right_and_silent_people_do_no_harm() -> None:
    a, b, _ = bank(6)
    sheet = answers(np.random.default_rng(4).normal(size=800), a, b)
    more = np.vstack([sheet, np.full((50, 6), np.nan)])
    np.testing.assert_allclose(calibrate.fit_mml(more).a, calibrate.fit_mml(sheet).a, atol=1e-8)
    assert calibrate.fit_mml(np.vstack([sheet, np.ones((40, 6)), np.zeros((40, 6))])).converged


@pytest.mark.parametrize("value", [0.0, 1.0, np.nan])
def test_a_constant_item_is_named(value: float) -> None:
    sheet = answers(np.random.default_rng(4).normal(size=100), *bank(4)[:2])
    sheet[:, 2] = value
    with pytest.raises(ConstantItemError, match="items 2"):
        calibrate.fit_mml(sheet)


def test_separable_data_end_in_words_not_in_a_loop() -> None:
    guttman = np.tril(np.ones((7, 6)), -1)
    with pytest.raises(NotIdentifiedError, match="infinity"):
        calibrate.fit_mml(np.repeat(guttman, 30, axis=0))
    with pytest.raises(NotIdentifiedError):
        calibrate.fit_mml(np.repeat([[1.0] * 4, [0.0] * 4], 30, axis=0))


def test_too_little_to_work_on_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="no items"):
        calibrate.fit_mml(np.empty((5, 0)))
    with pytest.raises(InvalidInputError, match="no answers"):
        calibrate.fit_mml(np.empty((0, 4)))
    with pytest.raises(InvalidInputError, match="no answers"):
        calibrate.fit_mml(np.full((3, 4), np.nan))
    with pytest.raises(ConstantItemError):
        calibrate.fit_mml([[1.0, 0.0, 1.0]])
    with pytest.raises(NotIdentifiedError, match="at least 3 items"):
        calibrate.fit_mml([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])


def test_bad_arguments_are_refused() -> None:
    patterns, counts = lsat7()
    for bad in (
        {"model": "3pl"}, {"weights": -counts}, {"weights": counts[:3]}, {"c": [0.1, 0.2]}, {"c": 1.0},
        {"anchors": {9: (1.0, 0.0)}}, {"anchors": {0: (np.nan, 0.0)}}, {"priors": {"z": (0, 1)}},
        {"priors": {"b": (0, 0)}}, {"points": 2}, {"bounds": (3, -3)}, {"tol": 0.0},
    ):  # fmt: skip
        with pytest.raises(InvalidInputError):
            calibrate.fit_mml(patterns, **bad)


def test_an_empty_shard_adds_nothing() -> None:
    a, b, _ = bank(3)
    empty = calibrate.e_step(np.empty((0, 3)), a, b)
    assert empty.people == 0.0
    assert not empty.right.any()
    with pytest.raises(InvalidInputError, match="empty"):
        calibrate.m_step(empty, a, b)


def test_shards_on_other_grids_do_not_add() -> None:
    a, b, _ = bank(3)
    with pytest.raises(InvalidInputError, match="same grid"):
        calibrate.e_step([[1, 0, 1]], a, b) + calibrate.e_step([[1, 0, 1]], a, b, points=31)
