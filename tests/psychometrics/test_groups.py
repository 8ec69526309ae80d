"""Figures for groups: truthful intervals, pooling, volunteers, suppression."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from assessments.psychometrics import groups, irf, score
from assessments.psychometrics.errors import InvalidInputError, NotIdentifiedError

from .simulation import Floats, answers, bank

GRID = np.linspace(-5, 5, 41)
CUT = 0.3


def likelihood(theta: Floats, size: int = 12, seed: int = 1) -> Floats:
    a, b, _ = bank(size)
    return score.log_likelihood(answers(theta, a, b, 0.0, seed), a, b, GRID)


def test_regression_finds_the_coefficients_behind_short_tests() -> None:
    rng = np.random.default_rng(1)
    x = rng.integers(0, 2, (2500, 1)).astype(float)
    theta = -0.5 + 0.8 * x[:, 0] + rng.normal(0, 0.7, 2500)
    found = groups.fit(groups.sample(likelihood(theta), GRID, x), rng, draws=150, burn=80, kept=20)
    np.testing.assert_allclose(found.beta.mean(axis=0), [-0.5, 0.8], atol=0.12)
    assert found.sigma.mean() == pytest.approx(0.7, abs=0.08)
    np.testing.assert_allclose(found.plausible.std(axis=1), theta.std(), atol=0.08)


def test_intervals_of_participants_hold_the_truth_as_often_as_they_claim() -> None:
    hits, count = 0, 20
    for seed in range(20):
        rng = np.random.default_rng(seed)
        unit = np.repeat(np.arange(count), 15)
        theta = rng.normal(0, 0.3, count)[unit] + rng.normal(0, 0.9, unit.size)
        data = groups.sample(likelihood(theta, seed=seed), GRID, None, unit, count)
        shares = groups.participants(groups.fit(data, rng, 120, 40, 120), unit, count, CUT)
        truth = np.bincount(unit, theta >= CUT) / 15
        hits += int(((truth >= shares.low) & (truth <= shares.high)).sum())
    assert 0.85 <= hits / (20 * count) <= 0.97


def volunteers_and_reference(seed: int) -> tuple[float, groups.Shares, float]:
    """A population, abler volunteers, a reference sample of 25 x 40: truth, estimate, volunteers' share."""
    rng = np.random.default_rng(seed)
    size, count = 60_000, 60
    unit = rng.integers(0, count, size)
    theta = rng.normal(0, 0.3, count)[unit] + rng.normal(0, 0.9, size)
    volunteers = rng.choice(size, 1500, replace=False, p=(w := np.exp(0.8 * theta)) / w.sum())
    reference = np.concatenate(
        [rng.choice(np.flatnonzero(unit == one), 40, replace=False) for one in range(25)]
    )
    people = np.concatenate([reference, volunteers])
    marked = np.repeat([0, 1], [reference.size, volunteers.size])
    data = groups.sample(
        likelihood(theta[people], seed=seed), GRID, marked[:, None], unit[people], count, marked
    )
    found = groups.fit(data, rng, 200, 100, 20)
    cells = groups.Cells(np.zeros((count, 1)), np.arange(count), np.bincount(unit), np.zeros(count, int))
    shares = groups.population(found, cells, 1, CUT, rng)
    assert groups.volunteer_offset(found, 0)[1] > 0
    return float(np.mean(theta >= CUT)), shares, float(np.mean(theta[volunteers] >= CUT))


def test_a_reference_sample_corrects_for_abler_volunteers() -> None:
    bias = []
    for seed in range(3):
        truth, shares, volunteers = volunteers_and_reference(seed)
        bias.append(shares.share[0] - truth)
        assert volunteers - truth > 0.15
    assert abs(np.mean(bias)) <= 0.03


def test_small_units_are_pulled_towards_the_others_and_empty_ones_are_wide() -> None:
    rng = np.random.default_rng(3)
    unit = np.concatenate([np.repeat(np.arange(10), 60), [10, 10]])
    theta = np.repeat(rng.normal(0, 0.5, 11), [60] * 10 + [2]) + rng.normal(0, 0.9, unit.size)
    theta[-2:] = 2.5
    found = groups.fit(groups.sample(likelihood(theta), GRID, None, unit, 12), rng, 200, 100, 20)
    centre, width = found.units.mean(axis=0), found.units.std(axis=0)
    assert centre[10] < 1.6
    assert width[11] > 1.5 * width[:10].mean()


def test_the_same_seed_gives_the_same_figures() -> None:
    data = groups.sample(likelihood(np.zeros(40)), GRID)
    one, two = (groups.fit(data, np.random.default_rng(4), 20, 5, 10) for _ in range(2))
    np.testing.assert_array_equal(one.plausible, two.plausible)


def test_one_person_or_only_silent_people_return_the_prior_knowledge_not_nonsense() -> None:
    rng = np.random.default_rng(1)
    alone = groups.fit(groups.sample(likelihood(np.zeros(1)), GRID), rng, 50, 20, 10)
    assert np.isfinite(alone.plausible).all()
    silent = groups.fit(groups.sample(np.zeros((5, GRID.size)), GRID), rng, 50, 20, 10)
    assert np.isfinite(silent.beta).all()


def test_bad_samples_are_refused() -> None:
    good = likelihood(np.zeros(6))
    for rows, theta in ((good[:0], GRID), (good[:, :5], GRID), (good * np.nan, GRID), (good, GRID**3)):
        with pytest.raises(InvalidInputError):
            groups.sample(rows, theta)
    with pytest.raises(NotIdentifiedError):
        groups.sample(good, GRID, np.ones((6, 1)))
    for more in (
        {"units": [9] * 6, "unit_count": 3},
        {"units": [0.5] * 6},
        {"strata": [1] * 6},
        {"units": [0]},
    ):
        with pytest.raises(InvalidInputError):
            groups.sample(good, GRID, **more)
    data = groups.sample(good, GRID)
    for counts in ((1, 0, 1), (10, -1, 5), (10, 0, 11), (10, 0, 1)):
        with pytest.raises(InvalidInputError):
            groups.fit(data, np.random.default_rng(0), *counts)


def test_poisoned_cells_and_labels_are_refused() -> None:
    rng = np.random.default_rng(0)
    found = groups.fit(groups.sample(likelihood(np.zeros(6)), GRID), rng, 10, 2, 5)
    empty = np.empty((2, 0))
    for people, units, member in (([-1, 5], [0, 0], [0, 0]), ([1.5, 2], [0, 0], [0, 0]), ([1, 2], [0, 3], [0, 0]),
                                  ([1, 2], [0, 0], [0, 4])):  # fmt: skip
        with pytest.raises(InvalidInputError):
            groups.population(found, groups.Cells(empty, units, people, member), 1, CUT, rng)
    with pytest.raises(InvalidInputError):
        groups.population(found, groups.Cells(np.ones((2, 3)), [0, 0], [1, 1], [0, 0]), 1, CUT, rng)
    with pytest.raises(InvalidInputError):
        groups.participants(found, [0] * 5, 1, CUT)
    with pytest.raises(InvalidInputError):
        groups.volunteer_offset(found, 0)
    nobody = groups.participants(found, [0] * 6, 2, CUT)
    assert np.isnan(nobody.share[1])


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_fay_herriot_beats_direct_estimates_and_lies_between_them_and_the_regression(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(60, 1))
    truth = 0.4 + 0.1 * x[:, 0] + rng.normal(0, 0.03, 60)
    noise = rng.uniform(0.002, 0.01, 60)
    direct = truth + rng.normal(size=60) * np.sqrt(noise)
    found = groups.fay_herriot(direct, noise, x)
    regression = np.column_stack([np.ones(60), x]) @ found.beta
    low, high = np.minimum(direct, regression), np.maximum(direct, regression)
    assert ((found.estimate >= low - 1e-9) & (found.estimate <= high + 1e-9)).all()
    assert np.mean((found.estimate - truth) ** 2) < np.mean((direct - truth) ** 2)
    assert (found.mse > 0).all()
    assert found.variance >= 0


def test_fay_herriot_refuses_what_it_cannot_tell() -> None:
    with pytest.raises(NotIdentifiedError):
        groups.fay_herriot([0.5], [0.1])
    with pytest.raises(NotIdentifiedError):
        groups.fay_herriot([0.5, 0.4, 0.3], [0.1] * 3, np.ones((3, 1)))
    with pytest.raises(InvalidInputError):
        groups.fay_herriot([0.5, 0.4], [0.1, 0.0])


@given(st.integers(0, 200), st.floats(0, 1), st.floats(0, 1), st.integers(0, 50))
def test_publication_rules(people: int, one: float, two: float, reference: int) -> None:
    low, high = sorted((one, two))
    found = groups.standing(people, low, high, reference)
    if people < 10:
        assert found == groups.Standing.SUPPRESSED
    elif people < 30 or reference == 0 or high - low > 0.2 + 1e-9:
        assert found == groups.Standing.INDICATIVE
    else:
        assert found == groups.Standing.FIRM or high - low > 0.2
    assert (groups.label(reference) == groups.Label.POPULATION) == (reference > 0)


@given(hnp.arrays(np.int64, st.integers(0, 12), elements=st.integers(0, 40)))
def test_nothing_small_can_be_had_by_subtraction(people: np.ndarray) -> None:
    parents = np.arange(people.size) % 2
    hidden = groups.suppress(people, parents)
    assert hidden[people < 10].all()
    for parent in (0, 1):
        parts = (parents == parent) & (people > 0)
        secret = people[parts & hidden]
        everything_is_hidden = (parts & ~hidden).sum() == 0
        assert secret.size == 0 or everything_is_hidden or (secret.size > 1 and secret.sum() >= 10)


@given(hnp.arrays(np.float64, st.integers(0, 15), elements=st.floats(0, 1)), st.floats(0.01, 0.3))
def test_units_in_different_tiers_never_overlap(middle: Floats, width: float) -> None:
    low, high = middle - width, middle + width
    tier = groups.tiers(low, high)
    for one in range(middle.size):
        for two in range(middle.size):
            if tier[one] < tier[two]:
                assert low[one] > high[two]
            if low[one] <= high[two] and low[two] <= high[one]:
                assert tier[one] == tier[two]


def test_rates_and_weakest_parts() -> None:
    assert groups.risk_rate(3, 200) == 1.5
    assert groups.worst([groups.Standing.FIRM, groups.Standing.INDICATIVE]) == groups.Standing.INDICATIVE
    for errors, people in ((1, 0), (-1, 5)):
        with pytest.raises(InvalidInputError):
            groups.risk_rate(errors, people)
    with pytest.raises(InvalidInputError):
        groups.worst([])
    with pytest.raises(InvalidInputError):
        groups.standing(-1, 0.1, 0.2)
    with pytest.raises(InvalidInputError):
        groups.label(-1)
    with pytest.raises(InvalidInputError):
        groups.tiers([0.5], [0.1])
    with pytest.raises(InvalidInputError):
        groups.suppress([-1], [0])


def test_expected_shares_of_the_normal_model_are_reproduced() -> None:
    rng = np.random.default_rng(9)
    found = groups.LatentRegression(
        np.zeros((400, 1)), np.zeros((400, 1)), np.ones(400), np.ones((400, 1)), np.zeros((2, 1))
    )
    shares = groups.population(found, groups.Cells(np.empty((1, 0)), [0], [100_000], [0]), 1, 0.0, rng)
    assert shares.share[0] == pytest.approx(irf.probability([0.0], 1.0, 0.0)[0, 0], abs=0.001)
