"""Adaptive sittings: length against the Fisher bound, decisions at a cut, speed against catsim."""

import os

# Workers hold the matrix library to one thread; both programs are measured that way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from collections.abc import Callable

import numpy as np
from measurement_report import report
from numpy.typing import NDArray

from assessments.psychometrics import adaptive, irf, score

Floats = NDArray[np.float64]
SHARES = dict.fromkeys(range(5), 0.2)


def pool(size: int, seed: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    return rng.lognormal(0.2, 0.3, size), rng.normal(size=size)


def sit(bank: adaptive.Bank, rules: adaptive.Rules, theta: float, seed: int) -> tuple[int, adaptive.Stop]:
    """One simulated sitting: its length and how it ended."""
    rng = np.random.default_rng(seed)
    state = adaptive.State(bank, rules)
    while True:
        stop = adaptive.should_stop(state)
        if stop:
            return len(state.given), stop
        item = adaptive.select_next(state, adaptive.generator(seed, len(state.given))).item
        chance = irf.probability([theta], bank.items.a[item], bank.items.b[item])[0, 0]
        state = adaptive.with_answer(state, item, float(rng.random() < chance))


def fisher_bound(theta: Floats, a: Floats, b: Floats, se: float) -> float:
    """Mean number of the most informative items at the true ability that reach the error."""
    gathered = np.cumsum(-np.sort(-irf.information(theta, a, b), axis=1), axis=1)
    return float(((gathered < se**-2).sum(axis=1) + 1).mean())


def length_bar() -> bool:
    a, b = pool(300, 3)
    theta = np.random.default_rng(5).normal(size=1000)
    bank = adaptive.build_bank(a, b, outcomes=np.arange(300) % 5)
    rules = adaptive.Rules(target_se=0.3, maximum=100, shares=SHARES)
    found = [sit(bank, rules, one, seed) for seed, one in enumerate(theta)]
    bound = fisher_bound(theta, a, b, 0.3)
    mean = float(np.mean([length for length, _ in found]))
    errors = np.array([stop.theta for _, stop in found]) - theta
    return report(
        "cat_length",
        mean / bound <= 1.10,
        mean_items=mean,
        baseline_fisher_bound=bound,
        ratio=mean / bound,
        limit=1.10,
        rmse=float(np.sqrt(np.mean(errors**2))),
    )


def cut_bar() -> bool:
    a, b = pool(300, 3)
    rng = np.random.default_rng(6)
    theta = rng.normal(size=2000)
    bank = adaptive.build_bank(a, b, outcomes=np.arange(300) % 5)
    rules = adaptive.Rules(target_se=None, cut=0.0, maximum=30, shares=SHARES)
    found = [sit(bank, rules, one, seed) for seed, one in enumerate(theta)]
    right = np.array([(stop.above or 0.0) >= 0.5 for _, stop in found]) == (theta >= 0)
    mean = float(np.mean([length for length, _ in found]))
    baseline = random_form_accuracy(theta, a, b, rng)
    return report(
        "cut_decision",
        mean <= 17 and right.mean() >= 0.92,
        mean_items=mean,
        accuracy=float(right.mean()),
        baseline_accuracy_20_random_items=baseline,
        limit_items=17,
        limit_accuracy=0.92,
    )


def random_form_accuracy(theta: Floats, a: Floats, b: Floats, rng: np.random.Generator) -> float:
    """Twenty random items each, passed with at least the score expected at the cut."""
    right = 0
    for one in theta:
        items = rng.choice(a.size, 20, replace=False)
        answers = rng.random(20) < irf.probability([one], a[items], b[items])[0]
        needed = irf.test_characteristic([0.0], a[items], b[items])[0]
        right += int((answers.sum() >= needed) == (one >= 0))
    return right / theta.size


def speed_bar(size: int, limit: float) -> bool:
    """One step of a sitting (estimate with its error, choose the next item), both programs in turn."""
    name = f"cat_speed_{size}"
    try:
        theirs = catsim_step(size)
    except ImportError as error:
        return report(name, None, skipped=f"catsim is not installed: {error}", limit=limit)
    mine = own_step(size)
    taken = np.array([[seconds(theirs), *(seconds(mine) for _ in range(10))] for _ in range(60)])
    slow, fast = float(np.median(taken[:, 0])), float(np.median(taken[:, 1:]))
    return report(
        name,
        slow / fast >= limit,
        microseconds=fast * 1e6,
        baseline_catsim_microseconds=slow * 1e6,
        ratio=slow / fast,
        limit=limit,
    )


def seconds(step: Callable[[], object]) -> float:
    begin = time.perf_counter()
    step()
    return time.perf_counter() - begin


def history(size: int) -> tuple[list[int], list[bool]]:
    rng = np.random.default_rng(9)
    return [int(one) for one in rng.choice(size, 12, replace=False)], [bool(k % 2) for k in range(12)]


def own_step(size: int) -> Callable[[], object]:
    a, b = pool(size, 3)
    bank = adaptive.build_bank(a, b, outcomes=np.arange(size) % 5)
    given, answers = history(size)
    state = adaptive.State(bank, adaptive.Rules(shares=SHARES), tuple(given), tuple(map(float, answers)))
    rng = np.random.default_rng(0)

    # The choice carries the estimate (theta, se) that it was made from: scoring is part of it.
    return lambda: adaptive.select_next(state, rng)


def catsim_step(size: int) -> Callable[[], object]:
    from catsim.estimation import NumericalSearchEstimator
    from catsim.item_bank import ItemBank
    from catsim.selection import RandomesqueSelector

    a, b = pool(size, 3)
    bank = ItemBank(np.column_stack([a, b, np.zeros(size), np.ones(size)]))
    given, answers = history(size)
    estimator, selector = NumericalSearchEstimator(), RandomesqueSelector(5)
    rng = np.random.default_rng(0)

    def step() -> None:
        theta = estimator.estimate(
            item_bank=bank, administered_items=given, response_vector=answers, est_theta=0.0
        )
        selector.select(item_bank=bank, administered_items=given, est_theta=theta, rng=rng)

    return step


def scoring_agrees() -> bool:
    """The sitting's own estimate and `score.eap` are the same number."""
    a, b = pool(300, 3)
    given, answers = history(300)
    state = adaptive.State(adaptive.build_bank(a, b), given=tuple(given), answers=tuple(map(float, answers)))
    other = score.eap([list(map(float, answers))], a[given], b[given])[0][0]
    gap = abs(adaptive.estimate(state)[0] - float(other))
    return report("cat_estimate_is_eap", gap < 1e-6, difference=gap, limit=1e-6)


def main() -> int:
    results = [length_bar(), cut_bar(), speed_bar(300, 10.0), speed_bar(3000, 50.0), scoring_agrees()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
