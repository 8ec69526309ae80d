"""Haste, odd patterns, leaks and copying."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from assessments.psychometrics import integrity, irf
from assessments.psychometrics.errors import InvalidInputError

from .simulation import Floats, answers, bank, sheets

times = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 5)),
    elements=st.floats(0.0, 200.0) | st.just(np.nan),
)


@given(times)
def test_the_threshold_is_a_fifth_of_the_mean_time_at_most_ten_seconds(seconds: Floats) -> None:
    threshold = integrity.rapid_threshold(seconds)
    for item, column in enumerate(seconds.T):
        known = column[~np.isnan(column)]
        if known.size == 0:
            assert np.isnan(threshold[item])
        else:
            assert threshold[item] == pytest.approx(min(0.2 * known.mean(), 10.0))


@given(times)
def test_effort_is_the_share_of_unhurried_answers(seconds: Floats) -> None:
    threshold = integrity.rapid_threshold(seconds)
    rapid = integrity.rapid_guesses(seconds, threshold)
    effort = integrity.effort(seconds, threshold)
    for person, row in enumerate(seconds):
        known = ~np.isnan(row)
        expected = np.nan if not known.any() else 1 - rapid[person].sum() / known.sum()
        assert effort[person] == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("guessing", [0.0, 0.25])
@pytest.mark.parametrize("size", [20, 40])
def test_honest_people_are_flagged_about_one_time_in_twenty(size: int, guessing: float) -> None:
    a, b, c = bank(size, guessing=guessing)
    sheet = answers(np.random.default_rng(4).normal(size=8000), a, b, c)
    fit = integrity.lz_star(sheet, a, b, c)
    assert 0.03 <= np.nanmean(fit.p < 0.05) <= 0.07


def test_people_who_miss_easy_items_and_master_hard_ones_stand_out() -> None:
    a, b, _ = bank(30)
    odd = (b > np.median(b)).astype(float)
    fair = (b < np.median(b)).astype(float)
    fit = integrity.lz_star([odd, fair], a, b)
    assert fit.p[0] < 0.001
    assert fit.p[1] > 0.5


@given(sheets(10))
def test_person_fit_is_a_number_or_openly_unknown(sheet: Floats) -> None:
    a, b, c = bank(10, guessing=0.2)
    fit = integrity.lz_star(sheet, a, b, c)
    silent = np.isnan(sheet).all(axis=1)
    assert np.isnan(fit.lz[silent]).all()
    assert ((fit.p >= 0) & (fit.p <= 1))[~np.isnan(fit.lz)].all()


def test_a_leaked_item_sounds_the_alarm_soon_and_a_sound_one_does_not() -> None:
    rng = np.random.default_rng(1)
    chance = rng.uniform(0.3, 0.7, 300)
    honest = (rng.random(300) < chance).astype(float)
    leaked = np.concatenate([honest[:150], np.ones(150)])
    assert integrity.cusum(honest, chance).alarm is None
    alarm = integrity.cusum(leaked, chance).alarm
    assert alarm is not None
    assert 150 <= alarm < 175


@given(hnp.arrays(np.float64, st.integers(0, 40), elements=st.sampled_from([0.0, 1.0])))
def test_cusum_sums_never_fall_below_zero_and_mirror(right: Floats) -> None:
    half = np.full(right.size, 0.5)
    one, two = integrity.cusum(right, half), integrity.cusum(1 - right, half)
    assert (one.upper >= 0).all()
    np.testing.assert_allclose(one.upper, two.lower)


def test_copied_answers_are_unlikely_and_independent_ones_are_not() -> None:
    a, b, c = bank(40)
    theta = np.random.default_rng(5).normal(size=2)
    first, second = answers(theta, a, b, c)
    pair = (float(theta[0]), float(theta[1]))
    assert integrity.answer_similarity(first, first, pair, a, b, c).p < 1e-3
    assert integrity.answer_similarity(first, second, pair, a, b, c).p > 0.01


@given(sheets(7, most=2), st.floats(-2, 2), st.floats(-2, 2))
def test_similarity_counts_common_answers_only(sheet: Floats, one: float, two: float) -> None:
    first, second = sheet[0], sheet[-1]
    a, b, c = bank(7)
    found = integrity.answer_similarity(first, second, (one, two), a, b, c)
    both = ~np.isnan(first) & ~np.isnan(second)
    assert found.matches == int((first == second)[both].sum())
    chance = irf.probability([one, two], a, b, c)[:, both]
    assert found.expected == pytest.approx((chance[0] * chance[1] + (1 - chance[0]) * (1 - chance[1])).sum())
    assert 0 <= found.p <= 1
    assert found.matches > 0 or found.p == pytest.approx(1.0)


def test_bad_input_is_refused() -> None:
    for seconds in ([[-1.0]], [[np.inf]], [1.0], np.empty((2, 0))):
        with pytest.raises(InvalidInputError):
            integrity.rapid_threshold(seconds)
    with pytest.raises(InvalidInputError):
        integrity.rapid_threshold([[1.0]], portion=1.5)
    with pytest.raises(InvalidInputError):
        integrity.cusum([1.0], [1.0])
    with pytest.raises(InvalidInputError):
        integrity.cusum([0.5], [0.5])
    with pytest.raises(InvalidInputError):
        integrity.answer_similarity([1.0, 0.0], [1.0], (0.0, 0.0), [1.0, 1.0], [0.0, 0.0])
