"""Adaptive sittings: which item comes next, when to stop, and why."""

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from . import checks, irf, quadrature
from .checks import Floats, Integers, Items
from .errors import InvalidInputError
from .score import share_above

# About 70 % success feels safe; items within this distance of it count as comfortable.
COMFORT = 0.7
_COMFORT_WIDTH = 0.1
_FAVOUR = 0.15
_BEHIND = 1.5
_GRID = quadrature.grid()
_LOWEST, _STEP = float(_GRID[0]), float(_GRID[1] - _GRID[0])


@dataclass(frozen=True)
class Bank:
    """A calibrated pool with its tables on a grid of ability; build it once with `build_bank`.

    names: the outcomes; place: (items,) which of them each item belongs to; enemies: item -> items that
    must not appear with it; exposure: (items,) share of former sittings that showed the item; right,
    information: (points, items); log_answers: (2 items, points), row 2 i + 1 for a right answer to item i;
    powers: theta and its square, (points, 2); place_index: place as an array; sizes: items of each outcome.
    """

    items: Items
    names: tuple[int, ...]
    place: tuple[int, ...]
    enemies: Mapping[int, frozenset[int]]
    exposure: Floats
    theta: Floats
    right: Floats
    information: Floats
    log_answers: Floats
    powers: Floats
    place_index: Integers
    sizes: tuple[int, ...]


@dataclass(frozen=True)
class Rules:
    """How a sitting runs. None switches a rule off.

    target_se: scale units, stop when reached; cut: scale units, stop when the side of the cut is known with
    `certainty`; minimum, maximum: numbers of items; randomesque: draw among so many best items;
    exposure_cap: leave out items shown to a larger share of sittings; shares: outcome -> wished share of the
    items; comfort: wished chance of success for beginners, about 0.7.
    """

    target_se: float | None = 0.3
    cut: float | None = None
    certainty: float = 0.95
    minimum: int = 1
    maximum: int = 40
    randomesque: int = 5
    exposure_cap: float | None = None
    shares: Mapping[int, float] | None = None
    comfort: float | None = None


@dataclass(frozen=True)
class State:
    """A sitting so far: items given in order, their answers (0/1), items seen before, the prior."""

    bank: Bank
    rules: Rules = field(default_factory=Rules)
    given: tuple[int, ...] = ()
    answers: tuple[float, ...] = ()
    seen: frozenset[int] = frozenset()
    mean: float = 0.0
    sd: float = 1.0


@dataclass(frozen=True)
class Choice:
    """The next item and why: what an editor needs to retrace it.

    theta, se: estimate before the item; information: expected under the posterior (near the cut, if there
    is one); success: expected chance of a right answer; candidates: the items that it was drawn from, best
    first; outcome_behind: the outcome that had to come next or None; excluded: how many items each rule left
    out; waived: rules that were set aside because they left nothing.
    """

    item: int
    theta: float
    se: float
    information: float
    success: float
    candidates: tuple[int, ...]
    outcome_behind: int | None
    excluded: Mapping[str, int]
    waived: tuple[str, ...]


@dataclass(frozen=True)
class Stop:
    """Why a sitting ends: "precise", "above", "below", "maximum" or "exhausted", and what is known."""

    reason: str
    theta: float
    se: float
    above: float | None


def build_bank(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,
    outcomes: ArrayLike | None = None,
    enemies: Mapping[int, frozenset[int]] | None = None,
    exposure: ArrayLike | None = None,
) -> Bank:
    """A pool of items ready for adaptive sittings.

    a, b, c: (items,); outcomes: (items,) whole-number labels, one outcome if left out; enemies: item ->
    items (either direction is enough); exposure: (items,) shares in [0, 1]. Raises InvalidInputError: no
    items, lengths that differ, enemies that do not exist, shares outside [0, 1]. Source: Lord (1980).
    """
    items = checks.items(a, b, c)
    count = items.a.size
    theta = _GRID
    log_right, log_wrong = irf.log_probabilities(theta, items)
    information = irf.item_information(theta, items)
    shown = np.zeros(count) if exposure is None else checks.vector(exposure, "exposure", count)
    if ((shown < 0) | (shown > 1)).any():
        raise InvalidInputError("exposure must hold shares in [0, 1].")
    labels = np.zeros(count, np.int64) if outcomes is None else checks.labels(outcomes, count, "outcomes")
    names, place, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    log_answers = np.stack([log_wrong.T, log_right.T], axis=1).reshape(2 * count, theta.size)
    return Bank(
        items=items,
        names=tuple(names.tolist()),
        place=tuple(place.tolist()),
        enemies=_both_ways(enemies or {}, count),
        exposure=shown,
        theta=theta,
        right=np.exp(log_right),
        information=information,
        log_answers=log_answers,
        powers=np.stack([theta, theta**2], axis=1),
        place_index=place,
        sizes=tuple(sizes.tolist()),
    )


def _both_ways(enemies: Mapping[int, frozenset[int]], count: int) -> Mapping[int, frozenset[int]]:
    pairs: dict[int, set[int]] = {}
    for item, others in enemies.items():
        for other in others:
            if not (0 <= item < count and 0 <= other < count):
                raise InvalidInputError(f"enemies names items {item} and {other}; there are {count} items.")
            pairs.setdefault(item, set()).add(other)
            pairs.setdefault(other, set()).add(item)
    return {item: frozenset(others) for item, others in pairs.items()}


def with_answer(state: State, item: int, right: float) -> State:
    """The sitting after one more answer (0 or 1).

    Raises InvalidInputError: an item outside the bank or given before, another answer.
    """
    if not 0 <= item < len(state.bank.place) or item in state.given:
        raise InvalidInputError(f"Item {item} is not in the bank or was given already.")
    if right not in (0, 1):
        raise InvalidInputError("An answer must be 0 or 1.")
    return replace(state, given=(*state.given, int(item)), answers=(*state.answers, float(right)))


def density(state: State) -> Floats:
    """Posterior probabilities on the bank's grid, (points,).

    Raises InvalidInputError: answers that do not match the items, a prior without spread.
    Source: Bock and Mislevy (1982).
    """
    if len(state.given) != len(state.answers):
        raise InvalidInputError("A sitting needs one answer for each given item.")
    log_density = _log_prior(float(state.mean), float(state.sd))
    if state.given:
        rows = [2 * item + int(answer) for item, answer in zip(state.given, state.answers, strict=True)]
        log_density = log_density + np.add.reduce(state.bank.log_answers[rows])
    weights = np.exp(log_density - log_density.max())
    weights /= np.add.reduce(weights)
    return weights


@functools.lru_cache(maxsize=1024)
def _log_prior(mean: float, sd: float) -> Floats:
    """A normal prior on the common grid; sittings share few priors, so they are kept."""
    centre, spread = checks.finite_number(mean, "mean"), checks.positive(sd, "sd")
    return quadrature.log_normal_weights(_GRID, centre, spread)


def estimate(state: State) -> tuple[float, float]:
    """Posterior mean and standard deviation of ability, scale units; errors as `density`."""
    return _moments(density(state), state.bank)


def _moments(known: Floats, bank: Bank) -> tuple[float, float]:
    mean, square = (known @ bank.powers).tolist()
    return mean, math.sqrt(max(square - mean**2, 0.0))


def generator(seed: int, position: int) -> np.random.Generator:
    """The random source of one choice, from the sitting's seed and the position of the item (0, 1, ...).

    A sitting that is resumed or audited draws the same items. Raises InvalidInputError if negative.
    """
    if seed < 0 or position < 0:
        raise InvalidInputError("seed and position must not be negative.")
    return np.random.default_rng([seed, position])


def should_stop(state: State) -> Stop | None:
    """Whether the sitting ends now: None to go on, else the reason.

    Stops at the standard error `target_se`; when the probability of lying above `cut` is at least
    `certainty` or at most 1 - `certainty`; at `maximum` items; or when no item is left. Nothing but the
    last two ends it before `minimum` items. Raises InvalidInputError as `density`.
    Source: Weiss and Kingsbury (1984); Eggen (1999).
    """
    rules, known = state.rules, density(state)
    theta, se = _moments(known, state.bank)
    above = None if rules.cut is None else float(known @ share_above(state.bank.theta, rules.cut))
    reason = _reason(state, se, above)
    return None if reason is None else Stop(reason, theta, se, above)


def _reason(state: State, se: float, above: float | None) -> str | None:
    rules, count = state.rules, len(state.given)
    if count >= rules.minimum:
        if above is not None and above >= rules.certainty:
            return "above"
        if above is not None and above <= 1 - rules.certainty:
            return "below"
        if rules.target_se is not None and se <= rules.target_se:
            return "precise"
    if count >= rules.maximum:
        return "maximum"
    return "exhausted" if len(_blocked(state)) >= len(state.bank.place) else None


def _blocked(state: State) -> list[int]:
    """Items that may not appear at all: given, seen before, or enemies of given ones."""
    blocked = set(state.given) | state.seen
    for item in state.given:
        blocked |= state.bank.enemies.get(item, frozenset())
    return sorted(blocked)


def select_next(state: State, rng: np.random.Generator) -> Choice:
    """The next item: drawn among the best few by information expected under the posterior.

    Items given, seen before, or enemies of given ones never appear. Then the exposure cap, the balance of
    outcomes and the comfort target narrow the choice, each set aside if it would leave nothing. With a cut,
    information counts where the posterior meets the cut. Outcomes without a share do not come. Same state
    and generator, same item. Raises InvalidInputError when no item is left, on wrong rules, as `density`.
    Source: van der Linden (1998) for the criterion; Kingsbury and Zara (1989) for randomesque and balance.
    """
    _check_rules(state.rules)
    known, bank = density(state), state.bank
    theta, se = _moments(known, bank)
    blocked, waived = _blocked(state), []
    if len(blocked) >= len(bank.place):
        raise InvalidInputError("No item is left for this sitting.")
    excluded = {"given or seen": len(blocked)}
    shown = _overexposed(state, blocked)
    if len(shown) < len(bank.place):
        blocked, excluded["exposure"] = shown, len(shown) - len(blocked)
    else:
        waived.append("exposure")
    late = _lateness(state, blocked)
    behind = _furthest(late)
    information = _expected_information(bank, _weight(state, known, se))
    if late:
        gain = information * _favour(bank, late, behind).take(bank.place_index)
    else:
        gain = information.copy()
        waived += ["balance"] if state.rules.shares else []
    gain[blocked] = -1.0
    if not _comfortable(state, known, gain):
        waived.append("comfort")
    best = _best(gain, state.rules.randomesque)
    item = best[int(rng.random() * len(best))]
    expected, success = float(information[item]), float(np.exp(bank.log_answers[2 * item + 1]) @ known)
    return Choice(item, theta, se, expected, success, tuple(best), behind, excluded, tuple(waived))


def _overexposed(state: State, blocked: list[int]) -> list[int]:
    """The blocked items and those that the exposure cap leaves out."""
    cap = state.rules.exposure_cap
    if cap is None:
        return blocked
    return sorted(set(blocked).union(np.flatnonzero(state.bank.exposure > cap).tolist()))


def _expected_information(bank: Bank, weight: Floats) -> Floats:
    """Information of each item averaged with the weights, true to about one part in a thousand.

    Only points within 5 errors are summed, and of a wide posterior only every few points.
    """
    theta, se = _moments(weight, bank)
    first = max(math.floor((theta - 5 * se - _LOWEST) / _STEP), 0)
    last = max(math.ceil((theta + 5 * se - _LOWEST) / _STEP), first) + 1
    # The product of posterior and information is at most this wide for items of usual discrimination.
    stride = max(int(se / math.sqrt(1 + 1.5 * se**2) / 0.13), 1)
    part = weight[first:last:stride]
    return np.asarray(part @ bank.information[first:last:stride] / np.add.reduce(part))


def _check_rules(rules: Rules) -> None:
    if rules.randomesque < 1 or rules.maximum < 1 or rules.minimum < 0:
        raise InvalidInputError("randomesque and maximum must be at least 1, minimum not negative.")
    if not 0 < rules.certainty < 1 or not (rules.comfort is None or 0 < rules.comfort < 1):
        raise InvalidInputError("certainty and comfort must lie between 0 and 1.")
    if rules.shares is not None and (not rules.shares or min(rules.shares.values()) < 0):
        raise InvalidInputError("shares must name outcomes with shares that are not negative.")


def _best(gain: Floats, count: int) -> list[int]:
    """The most informative allowed items (gain not negative), best first, the earlier of equals first."""
    left, best = gain.copy(), []
    for _ in range(min(count, gain.size)):
        item = int(left.argmax())
        if left[item] < 0:
            break
        best.append(item)
        left[item] = -1.0
    return best


def _weight(state: State, known: Floats, se: float) -> Floats:
    """Where information counts: under the posterior, and near the cut where there is one."""
    if state.rules.cut is None:
        return known
    near = known * np.exp(-0.5 * ((state.bank.theta - state.rules.cut) / max(se, 0.2)) ** 2)
    total = near.sum()
    return near / total if total > 0 else known


def _comfortable(state: State, known: Floats, gain: Floats) -> bool:
    """Rule out (by a gain of -1) what is not near the wished chance of success; False if nothing would stay."""
    if state.rules.comfort is None:
        return True
    near = np.abs(known @ state.bank.right - state.rules.comfort) <= _COMFORT_WIDTH
    if not (near & (gain >= 0)).any():
        return False
    gain[~near] = -1.0
    return True


def _favour(bank: Bank, late: Mapping[int, float], behind: int | None) -> Floats:
    """A factor for each outcome: a mild preference for those behind, -1 for those that may not come now.

    The mild preference sees to it that seldom an outcome must come at any price.
    """
    if behind is not None:
        return np.array([1.0 if name == behind else -1.0 for name in bank.names])
    open_now = {name: by for name, by in late.items() if by > -_BEHIND} or late
    return np.array([math.exp(_FAVOUR * open_now[name]) if name in open_now else -1.0 for name in bank.names])


def _lateness(state: State, blocked: list[int]) -> dict[int, float]:
    """How many items each outcome that still has some is behind its share, counting the next item."""
    shares, bank = state.rules.shares, state.bank
    if not shares:
        return {}
    gone, had = [0] * len(bank.names), [0] * len(bank.names)
    for item in blocked:
        gone[bank.place[item]] += 1
    for item in state.given:
        had[bank.place[item]] += 1
    scale = (len(state.given) + 1) / (sum(shares.values()) or 1.0)
    return {
        name: scale * shares[name] - had[place]
        for place, name in enumerate(bank.names)
        if shares.get(name, 0) > 0 and gone[place] < bank.sizes[place]
    }


def _furthest(late: Mapping[int, float]) -> int | None:
    """The outcome that must come next because it is too far behind."""
    if not late:
        return None
    furthest = max(late, key=lambda outcome: (late[outcome], -outcome))
    return furthest if late[furthest] >= _BEHIND else None
