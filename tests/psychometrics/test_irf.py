"""The response function, its information and the curves of a test."""

import numpy as np
import pytest
from hypothesis import given

from assessments.psychometrics import irf
from assessments.psychometrics.errors import InvalidInputError, PsychometricsError

from .simulation import Floats, abilities, pools

Pool = tuple[Floats, Floats, Floats]


def test_probability_follows_the_formula() -> None:
    got = irf.probability([0.0, 1.0], [1.0, 2.0], [0.0, 1.0], [0.0, 0.25])
    expected = [[0.5, 0.25 + 0.75 / (1 + np.exp(2))], [1 / (1 + np.exp(-1)), 0.625]]
    np.testing.assert_allclose(got, expected, atol=1e-15)


def test_probability_keeps_to_its_limits_at_the_ends() -> None:
    got = irf.probability([-1e4, 1e4], [2.0], [0.0], [0.2])
    assert got.tolist() == [[0.2], [1.0]]
    assert irf.information([-1e4, 1e4], [2.0], [0.0], [0.0]).tolist() == [[0.0], [0.0]]


@given(abilities, pools())
def test_information_is_the_squared_slope_over_the_variance(theta: Floats, pool: Pool) -> None:
    step = 1e-5
    slope = (irf.probability(theta + step, *pool) - irf.probability(theta - step, *pool)) / (2 * step)
    chance = irf.probability(theta, *pool)
    expected = slope**2 / (chance * (1 - chance))
    np.testing.assert_allclose(irf.information(theta, *pool), expected, rtol=1e-4, atol=1e-8)


@given(abilities, pools())
def test_curves_of_a_test_are_sums_over_items(theta: Floats, pool: Pool) -> None:
    information = irf.information(theta, *pool)
    np.testing.assert_allclose(irf.test_information(theta, *pool), information.sum(axis=1))
    expected = irf.test_characteristic(theta, *pool)
    np.testing.assert_allclose(expected, irf.probability(theta, *pool).sum(axis=1))
    assert ((expected >= pool[2].sum() - 1e-12) & (expected <= pool[0].size)).all()


@given(abilities, pools())
def test_more_ability_never_lowers_the_chance(theta: Floats, pool: Pool) -> None:
    chance = irf.probability(np.sort(theta), *pool)
    assert (np.diff(chance, axis=0) >= 0).all()


@pytest.mark.parametrize(
    ("a", "b", "c"),
    [
        ([], [], []),
        ([1, 1], [0, 0, 0], 0),
        ([np.nan], [0], 0),
        ([1], [np.inf], 0),
        ([1], [0], 1.0),
        ([1], [0], -0.1),
    ],
)
def test_impossible_items_are_refused(a: list[float], b: list[float], c: list[float]) -> None:
    with pytest.raises(InvalidInputError):
        irf.probability([0.0], a, b, c)


def test_errors_are_value_errors_with_words() -> None:
    with pytest.raises(ValueError, match="no items"):
        irf.information([0.0], [], [])
    with pytest.raises(PsychometricsError, match="numbers"):
        irf.probability(["high"], [1.0], [0.0])
