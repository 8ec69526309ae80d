"""Ability from answers: posterior, EAP, WLE, several sittings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from assessments.psychometrics import irf, score
from assessments.psychometrics.errors import InvalidInputError

from .simulation import Floats, answers, bank, pools, sheets


@st.composite
def scored(draw: st.DrawFn) -> tuple[Floats, Floats, Floats, Floats]:
    a, b, c = draw(pools())
    return draw(sheets(a.size)), a, b, c


Scored = tuple[Floats, Floats, Floats, Floats]


def test_eap_agrees_with_numerical_integration() -> None:
    a, b, c = bank(8, guessing=0.2)
    row = np.array([1, 0, 1, 1, np.nan, 0, 0, 1.0])

    def density(theta: float) -> float:
        chance = irf.probability([theta], a, b, c)[0]
        each = np.where(row == 1, chance, 1 - chance)[~np.isnan(row)]
        return float(each.prod() * stats.norm.pdf(theta, 0.3, 1.2))

    total = integrate.quad(density, -9, 9)[0]
    mean = integrate.quad(lambda t: t * density(t), -9, 9)[0] / total
    spread = integrate.quad(lambda t: (t - mean) ** 2 * density(t), -9, 9)[0] / total
    theta, se = score.eap([row], a, b, c, mean=0.3, sd=1.2)
    assert theta[0] == pytest.approx(mean, abs=1e-6)
    assert se[0] == pytest.approx(np.sqrt(spread), abs=1e-6)


@pytest.mark.parametrize(("answer", "expected"), [(1.0, np.log(3)), (0.0, -np.log(3))])
def test_wle_of_one_item_is_known_in_closed_form(answer: float, expected: float) -> None:
    theta, se = score.wle([[answer]], [0.8], [0.5])
    assert theta[0] == pytest.approx(0.5 + expected / 0.8, abs=1e-8)
    assert se[0] == pytest.approx(1 / (0.8 * np.sqrt(3 / 16)), rel=1e-6)


def test_wle_maximises_likelihood_times_root_information_without_guessing() -> None:
    a, b, _ = bank(15)
    row = answers(np.array([0.7]), a, b)

    def minus(theta: float) -> float:
        like = score.log_likelihood(row, a, b, [theta])[0, 0]
        return float(-like - 0.5 * np.log(irf.test_information([theta], a, b)[0]))

    best = optimize.minimize_scalar(minus, bounds=(-5, 5), method="bounded", options={"xatol": 1e-9}).x
    assert score.wle(row, a, b)[0][0] == pytest.approx(best, abs=1e-5)


@given(scored())
def test_missing_answers_are_as_if_never_asked(case: Scored) -> None:
    sheet, a, b, c = case
    keep = ~np.isnan(sheet[0])
    if not keep.any():
        return
    whole, part = score.eap(sheet[:1], a, b, c), score.eap(sheet[:1, keep], a[keep], b[keep], c[keep])
    np.testing.assert_allclose(whole, part, atol=1e-10)
    whole, part = score.wle(sheet[:1], a, b, c), score.wle(sheet[:1, keep], a[keep], b[keep], c[keep])
    np.testing.assert_allclose(whole, part, atol=1e-8)


@given(scored())
def test_scores_are_always_finite_and_the_error_never_exceeds_the_priors_much(case: Scored) -> None:
    theta, se = score.eap(*case)
    assert np.isfinite(theta).all()
    assert ((se > 0) & (se < 1.6)).all()
    theta, se = score.wle(*case)
    silent = np.isnan(case[0]).all(axis=1)
    assert np.isnan(theta[silent]).all()
    assert np.isinf(se[silent]).all()
    assert (np.abs(theta[~silent]) <= score.WLE_LIMIT).all()


@given(scored())
def test_one_more_right_answer_never_lowers_the_posterior_mean(case: Scored) -> None:
    sheet, a, b, c = case
    better = np.where(sheet == 0, 1.0, sheet)
    assert (score.eap(better, a, b, c)[0] >= score.eap(sheet, a, b, c)[0] - 1e-12).all()


@given(scored())
def test_sittings_combine_to_what_one_long_sitting_gives(case: Scored) -> None:
    sheet, a, b, c = case
    half = a.size // 2
    first, second = sheet.copy(), sheet.copy()
    first[:, half:], second[:, :half] = np.nan, np.nan
    theta, _ = score.prior_grid(0.0, 1.0)
    parts = [score.log_likelihood(part, a, b, theta, c) for part in (first, second)]
    together = score.combine(parts, theta)
    np.testing.assert_allclose(together.density, score.posterior(sheet, a, b, c).density, atol=1e-12)


@given(st.floats(-4, 4), st.floats(-2, 2), st.floats(0.3, 2))
def test_probability_above_a_cut_without_answers_is_the_priors(cut: float, mean: float, sd: float) -> None:
    known = score.posterior([[np.nan]], [1.0], [0.0], mean=mean, sd=sd)
    assert score.probability_above(known, cut)[0] == pytest.approx(stats.norm.sf(cut, mean, sd), abs=2e-3)


def test_a_row_without_answers_returns_the_prior() -> None:
    theta, se = score.eap([[np.nan, np.nan]], [1.0, 1.0], [0.0, 1.0], mean=0.5, sd=0.7)
    assert theta[0] == pytest.approx(0.5)
    assert se[0] == pytest.approx(0.7, abs=1e-6)


@pytest.mark.parametrize("guessing", [0.0, 0.25])
def test_wle_is_nearly_unbiased_where_eap_shrinks(guessing: float) -> None:
    a, b, c = bank(40, guessing=guessing)
    theta = np.full(3000, 1.5)
    sheet = answers(theta, a, b, c)
    assert abs(score.wle(sheet, a, b, c)[0].mean() - 1.5) < 0.03
    assert score.eap(sheet, a, b, c)[0].mean() < 1.46


def test_no_people_give_no_scores() -> None:
    theta, se = score.eap(np.empty((0, 2)), [1.0, 1.0], [0.0, 0.0])
    assert theta.size == se.size == 0
    assert score.wle(np.empty((0, 2)), [1.0, 1.0], [0.0, 0.0])[0].size == 0


@pytest.mark.parametrize("sheet", [[[2.0]], [[np.inf]], [["yes"]], [[1.0, 0.0]], np.empty((1, 0))])
def test_bad_answers_are_refused(sheet: list[list[float]]) -> None:
    for scorer in (score.eap, score.wle, score.posterior):
        with pytest.raises(InvalidInputError):
            scorer(sheet, [1.0], [0.0])


def test_a_prior_without_spread_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="sd"):
        score.eap([[1.0]], [1.0], [0.0], sd=0.0)
