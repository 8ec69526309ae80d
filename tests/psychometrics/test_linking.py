"""Links between scales and drift of items."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.psychometrics import irf, linking
from assessments.psychometrics.errors import InvalidInputError, NotIdentifiedError

from .simulation import Floats, answers, bank, pools

slopes, shifts = st.floats(0.5, 2.0), st.floats(-2, 2)


def moved(a: Floats, b: Floats, slope: float, shift: float) -> tuple[Floats, Floats]:
    """The same items as another calibration would give them."""
    return a * slope, (b - shift) / slope


@given(pools(), slopes, shifts)
def test_a_transformed_item_keeps_its_probabilities(
    pool: tuple[Floats, Floats, Floats], slope: float, shift: float
) -> None:
    a, b, c = pool
    new_a, new_b = linking.transform(*moved(a, b, slope, shift), linking.Link(slope, shift))
    theta = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(irf.probability(theta, new_a, new_b, c), irf.probability(theta, a, b, c))


@settings(max_examples=25)
@given(slopes, shifts, st.integers(0, 1000), st.sampled_from([0.0, 0.25]))
def test_both_methods_find_an_exact_link(slope: float, shift: float, seed: int, guessing: float) -> None:
    a, b, c = bank(12, seed, guessing)
    new_a, new_b = moved(a, b, slope, shift)
    for link in (linking.mean_sigma(new_b, b), linking.stocking_lord(new_a, new_b, a, b, c)):
        assert link.slope == pytest.approx(slope, rel=1e-4)
        assert link.shift == pytest.approx(shift, abs=1e-4)


def test_fixed_parameters_put_new_items_on_the_old_scale() -> None:
    a, b, _ = bank(16)
    sheet = answers(np.random.default_rng(1).normal(-0.5, 1.0, 3000), a, b)
    found = linking.fixed_parameter(sheet, {item: (a[item], b[item]) for item in range(8)})
    assert found.mean == pytest.approx(-0.5, abs=0.1)
    assert np.abs(found.b - b).max() < 0.3
    with pytest.raises(InvalidInputError, match="anchor"):
        linking.fixed_parameter(sheet, {})


def test_only_the_item_that_moved_drifts() -> None:
    a, b, _ = bank(20)
    rng = np.random.default_rng(3)
    new_a, new_b = moved(a, b, 1.1, 0.2)
    new_a, new_b = new_a * np.exp(rng.normal(0, 0.03, 20)), new_b + rng.normal(0, 0.05, 20)
    new_b[4] += 1.5
    found = linking.robust_z(new_a, new_b, a, b, limit=6.0)
    assert np.flatnonzero(found.drifted).tolist() == [4]
    assert np.abs(found.z_b).argmax() == 4


@given(slopes, shifts)
def test_an_exact_link_has_no_drift(slope: float, shift: float) -> None:
    a, b, _ = bank(8)
    new_a, new_b = moved(a, b, 1.0, 0.0)
    assert not linking.robust_z(new_a, new_b, a, b).drifted.any()
    new_b[2] += 1.0
    assert np.flatnonzero(linking.robust_z(new_a, new_b, a, b).drifted).tolist() == [2]


def test_what_cannot_be_linked_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="two common items"):
        linking.mean_sigma([1.0], [1.0])
    with pytest.raises(NotIdentifiedError):
        linking.mean_sigma([1.0, 1.0], [0.0, 1.0])
    with pytest.raises(InvalidInputError):
        linking.mean_sigma([1.0, 2.0], [0.0, 1.0, 2.0])
    with pytest.raises(InvalidInputError):
        linking.stocking_lord([1.0, -1.0], [0.0, 1.0], [1.0, 1.0], [0.0, 1.0])
    with pytest.raises(InvalidInputError, match="four"):
        linking.robust_z([1.0] * 3, [0.0] * 3, [1.0] * 3, [0.0] * 3)
    with pytest.raises(InvalidInputError):
        linking.transform([1.0], [0.0], linking.Link(0.0, 1.0))
