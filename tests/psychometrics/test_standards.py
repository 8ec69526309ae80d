"""Cut scores and the certainty of bands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from assessments.psychometrics import irf, score, standards
from assessments.psychometrics.errors import InvalidInputError, NotIdentifiedError

from .simulation import Floats, answers, bank, pools


@given(pools(least=2), st.floats(-3, 3))
def test_judges_who_know_the_curve_give_the_cut_back(pool: tuple[Floats, Floats, Floats], cut: float) -> None:
    ratings = irf.probability([cut, cut], *pool)
    found = standards.angoff(ratings, *pool)
    assert found.theta == pytest.approx(cut, abs=1e-6)
    assert found.se == pytest.approx(0.0, abs=1e-6)


def test_judges_who_skip_items_count_with_those_that_they_rated() -> None:
    a, b, c = bank(10)
    ratings = irf.probability([0.2, 0.6], a, b, c)
    ratings[0, :4] = np.nan
    found = standards.angoff(ratings, a, b, c)
    assert found.theta == pytest.approx(0.4)
    assert found.se == pytest.approx(0.2)
    assert found.judges == 2


def test_a_bookmark_lies_between_the_items_on_both_sides() -> None:
    a, b = [1.0, 1.0, 1.0], [1.0, -1.0, 0.0]
    shift = np.log(2)
    assert standards.bookmark([2], a, b).theta == pytest.approx(-0.5 + shift)
    assert standards.bookmark([1, 4], a, b).theta == pytest.approx(shift)
    assert np.isnan(standards.bookmark([2], a, b).se)


@given(pools(guessing=False), st.floats(0.2, 0.9))
def test_an_item_is_mastered_with_the_given_chance_at_its_place(
    pool: tuple[Floats, Floats, Floats], chance: float
) -> None:
    a, b, _ = pool
    places = standards.mastery_places(a, b, 0.0, chance)
    np.testing.assert_allclose(np.diag(irf.probability(places, a, b)), chance)


people = hnp.arrays(np.float64, st.integers(1, 8), elements=st.floats(-4, 4))


@given(people, st.floats(0.1, 1.5), st.floats(-1.5, 0), st.floats(0.1, 2))
def test_bands_share_out_all_certainty(theta: Floats, se: float, low: float, width: float) -> None:
    bands = standards.band_probabilities(theta, se, [low, low + width])
    np.testing.assert_allclose(bands.sum(axis=1), 1.0)
    np.testing.assert_allclose(bands[:, 2], stats.norm.sf((low + width - theta) / se), atol=1e-12)


def test_bands_of_a_posterior_agree_with_the_normal_ones_for_long_tests() -> None:
    a, b, c = bank(80)
    sheet = answers(np.array([-1.0, 0.0, 0.7]), a, b, c)
    exact = standards.posterior_bands(score.posterior(sheet, a, b, c), [-0.5, 0.8])
    normal = standards.band_probabilities(*score.eap(sheet, a, b, c), [-0.5, 0.8])
    np.testing.assert_allclose(exact, normal, atol=0.02)


def test_accuracy_is_what_simulated_people_meet() -> None:
    rng = np.random.default_rng(2)
    estimate = rng.normal(size=100_000)
    truth, again = (estimate + rng.normal(0, 0.4, estimate.size) for _ in range(2))
    found = standards.decision_consistency(estimate, 0.4, [0.0, 1.0])
    bands = [np.searchsorted([0.0, 1.0], values) for values in (estimate, truth, again)]
    assert found.accuracy == pytest.approx(np.mean(bands[0] == bands[1]), abs=0.01)
    assert found.consistency == pytest.approx(np.mean(bands[1] == bands[2]), abs=0.01)


def test_bad_input_is_refused() -> None:
    a, b = [1.0, 1.0], [0.0, 1.0]
    for ratings in ([[0.5]], [[1.5, 0.5]], [[np.nan, np.nan]], np.empty((0, 2))):
        with pytest.raises(InvalidInputError):
            standards.angoff(ratings, a, b)
    with pytest.raises(NotIdentifiedError):
        standards.angoff([[1.0, 1.0]], a, b)
    with pytest.raises(NotIdentifiedError):
        standards.angoff([[0.1, 0.1]], a, b, 0.25)
    for pages in ([0], [4], [1.5], []):
        with pytest.raises(InvalidInputError):
            standards.bookmark(pages, a, b)
    for cuts in ([], [1.0, 0.0]):
        with pytest.raises(InvalidInputError):
            standards.band_probabilities([0.0], [0.3], cuts)
    with pytest.raises(InvalidInputError):
        standards.band_probabilities([0.0], [0.0], [0.0])
    with pytest.raises(InvalidInputError, match="people"):
        standards.decision_consistency(np.empty(0), 0.4, [0.0])
