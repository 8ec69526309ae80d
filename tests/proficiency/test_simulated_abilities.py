"""Abilities and items of the simulated province."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.proficiency.simulated_abilities import RealItem, abilities, real_items


@given(st.integers(2, 60), st.integers(0, 2**31))
def test_the_measured_are_the_scale(sitters: int, seed: int) -> None:
    general = np.random.default_rng(seed).normal(0.7, 2.0, 80).tolist()
    theta = abilities(general, {"vid": range(sitters)}, seed)["vid"][:sitters]
    assert theta.mean() == pytest.approx(0, abs=1e-9)
    assert theta.std() == pytest.approx(1)


@given(st.integers(1, 40), st.integers(0, 2**31))
def test_experts_err_in_items_but_not_on_average(items: int, seed: int) -> None:
    expected = {item: (0.3 * item - 2, 0.25) for item in range(items)}
    found = real_items(expected, random.Random(seed))
    assert np.mean([found[item].b - expected[item][0] for item in expected]) == pytest.approx(0, abs=1e-9)
    assert np.mean(np.log([one.a for one in found.values()])) == pytest.approx(0, abs=1e-9)
    assert {one.c for one in found.values()} == {0.25}


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(0, 0.5))
def test_abler_people_are_right_more_often(low: float, high: float, guess: float) -> None:
    item = RealItem(1.2, 0.4, guess)
    below, above = item.chance(min(low, high)), item.chance(max(low, high))
    assert guess <= below <= above <= 1
