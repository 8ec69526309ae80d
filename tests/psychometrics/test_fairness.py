"""Differential item functioning."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assessments.psychometrics import fairness
from assessments.psychometrics.errors import InvalidInputError

from .simulation import Floats, answers, bank


def two_groups(people: int, harder: dict[int, float], gap: float = -0.5) -> tuple[Floats, Floats]:
    a, b, _ = bank(20)
    rng = np.random.default_rng(11)
    focal_b = b.copy()
    for item, by in harder.items():
        focal_b[item] += by
    sheets = [answers(rng.normal(size=people), a, b, 0.0, 1)]
    sheets.append(answers(rng.normal(gap, 1.0, people), a, focal_b, 0.0, 2))
    return np.vstack(sheets), np.repeat([0, 1], people)


def test_only_the_unfair_item_is_found_although_the_groups_differ_in_ability() -> None:
    sheet, focal = two_groups(2500, {3: 0.9})
    found = fairness.mantel_haenszel(sheet, focal)
    assert [item.grade for item in found] == ["A"] * 3 + ["C"] + ["A"] * 16
    assert found[3].alpha > 2
    assert found[3].delta < -1.5
    grades = [item.grade for item in fairness.logistic_dif(sheet, focal)]
    assert grades[3] in "BC"
    assert grades.count("A") == 19


def test_purifying_clears_fair_items_that_unfair_ones_made_look_favoured() -> None:
    sheet, focal = two_groups(2500, dict.fromkeys(range(6), 1.2), gap=0.0)
    raw = [item.alpha for item in fairness.mantel_haenszel(sheet, focal, purify=False)[6:]]
    pure = [item.alpha for item in fairness.mantel_haenszel(sheet, focal)[6:]]
    assert abs(np.log(pure).mean()) < 0.5 * abs(np.log(raw).mean())


def test_one_stratum_gives_the_textbook_figures() -> None:
    # Two items; the second is constant, so that the score strata are those of the first plus one: the
    # comparison is impossible there and must be told, not invented.
    sheet = np.array([[1, 1], [0, 1], [1, 1], [0, 1]], dtype=float)
    assert fairness.mantel_haenszel(sheet, [0, 0, 1, 1])[0].grade == "?"


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_swapping_the_groups_mirrors_the_comparison(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b, _ = bank(6, seed)
    sheet = answers(rng.normal(size=200), a, b, 0.0, seed)
    focal = rng.integers(0, 2, 200)
    one = fairness.mantel_haenszel(sheet, focal, purify=False)
    two = fairness.mantel_haenszel(sheet, 1 - focal, purify=False)
    for here, there in zip(one, two, strict=True):
        assert here.delta == pytest.approx(-there.delta, abs=1e-9, nan_ok=True)
        assert here.p == pytest.approx(there.p, abs=1e-9, nan_ok=True)


def test_chance_alone_is_flagged_as_often_as_promised() -> None:
    p = []
    for seed in range(30):
        a, b, _ = bank(15)
        rng = np.random.default_rng(seed)
        sheet = answers(rng.normal(size=600), a, b, 0.0, seed)
        found = fairness.mantel_haenszel(sheet, rng.integers(0, 2, 600), purify=False)
        p += [item.p for item in found]
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.045, abs=0.025)


@given(st.floats(-4, 4), st.floats(0.01, 2), st.floats(0, 1))
def test_ets_classes_follow_the_rule(delta: float, se: float, p: float) -> None:
    grade = fairness.ets_class(delta, se, p)
    surely_over_one = stats.norm.sf((abs(delta) - 1.0) / se) < 0.05
    if abs(delta) < 1 or p >= 0.05:
        assert grade == "A"
    else:
        assert grade == ("C" if abs(delta) >= 1.5 and surely_over_one else "B")


def test_non_uniform_difference_is_seen_by_regression() -> None:
    a, b, _ = bank(20)
    steep = a.copy()
    steep[5] = 0.2
    b[5] = 0.0
    theta = np.random.default_rng(2).normal(size=4000)
    sheet = np.vstack([answers(theta[:2000], a, b), answers(theta[2000:], steep, b)])
    found = fairness.logistic_dif(sheet, np.repeat([0, 1], 2000))
    assert found[5].p_nonuniform < 1e-6


def test_items_that_cannot_be_judged_say_so() -> None:
    sheet, focal = two_groups(30, {})
    sheet[:, 0] = 1.0
    sheet[focal == 1, 1] = np.nan
    sheet[:, 2] = focal
    grades = [item.grade for item in fairness.logistic_dif(sheet, focal)]
    assert grades[:3] == ["?", "?", "?"]
    assert fairness.mantel_haenszel(sheet, focal)[1].grade == "?"


def test_bad_input_is_refused() -> None:
    sheet, focal = two_groups(10, {})
    for rows, labels in ((sheet, focal[:3]), (sheet, focal * 2), (sheet, focal * 0), (sheet[:, :1], focal)):
        with pytest.raises(InvalidInputError):
            fairness.mantel_haenszel(rows, labels)
    with pytest.raises(InvalidInputError):
        fairness.ets_class(float("nan"), 1.0, 0.01)
