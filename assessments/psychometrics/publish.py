"""When a group figure may be shown, and how: plain rules, in one place."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from . import checks
from .checks import Booleans, Integers
from .errors import InvalidInputError

LEAST_SHOWN = 10
LEAST_FIRM = 30
WIDEST_FIRM = 0.20


class Standing(StrEnum):
    """How a figure may be shown."""

    SUPPRESSED = "suppressed"
    INDICATIVE = "indicative"
    FIRM = "firm"


class Label(StrEnum):
    """Of whom a figure speaks."""

    PARTICIPANTS = "participants"
    POPULATION = "population"


def label(reference_people: int) -> Label:
    """ "population" only where a reference sample was measured, else "participants".

    reference_people: measured people of the reference sample behind the figure. Raises InvalidInputError if
    negative. Source: issue C; Elliott and Valliant (2017) on inference from volunteers.
    """
    if reference_people < 0:
        raise InvalidInputError("The number of people must not be negative.")
    return Label.POPULATION if reference_people > 0 else Label.PARTICIPANTS


def standing(people: int, low: float, high: float, reference_people: int = 0) -> Standing:
    """Whether a share may be shown: suppressed below 10 people, indicative where it is weak, else firm.

    people: measured; low, high: 90 % interval of the share in [0, 1]. Indicative: fewer than 30 people, an
    interval wider than 20 points, or no reference sample. Raises InvalidInputError: negative numbers, low
    above high. Source: issue C; NCES Statistical Standards (2012).
    """
    bottom, top = checks.finite_number(low, "low"), checks.finite_number(high, "high")
    if people < 0 or reference_people < 0 or bottom > top:
        raise InvalidInputError("Numbers of people must not be negative and low not above high.")
    if people < LEAST_SHOWN:
        return Standing.SUPPRESSED
    weak = people < LEAST_FIRM or top - bottom > WIDEST_FIRM + 1e-12
    return Standing.INDICATIVE if weak or reference_people == 0 else Standing.FIRM


def suppress(people: ArrayLike, parents: ArrayLike) -> Booleans:
    """Which figures to hide so that none below 10 people can be had by subtraction from its parent.

    people: (figures,) measured; parents: (figures,) label of the shown total that each is a part of. Where
    the hidden parts of a parent hold fewer than 10 people together, or are one alone, the next smallest part
    with people is hidden too. Parts of 0 people hide nothing. Raises InvalidInputError: shapes, negative
    numbers. Source: Willenborg and de Waal (2001), complementary suppression.
    """
    counts = checks.vector(people, "people")
    owner = checks.labels(parents, counts.size, "parents")
    if (counts < 0).any():
        raise InvalidInputError("Numbers of people must not be negative.")
    hidden = counts < LEAST_SHOWN
    for parent in np.unique(owner):
        parts = np.flatnonzero((owner == parent) & (counts > 0))
        for part in parts[np.argsort(counts[parts], kind="stable")]:
            secret = parts[hidden[parts]]
            if secret.size == 0 or (secret.size > 1 and counts[secret].sum() >= LEAST_SHOWN):
                break
            hidden[part] = True
    return hidden


def tiers(low: ArrayLike, high: ArrayLike) -> Integers:
    """Groups of units that must not be ranked among one another; (units,), 0 is the highest.

    low, high: (units,) intervals. Units whose intervals overlap, directly or through others between them,
    share a tier. Raises InvalidInputError: lengths, low above high.
    Source: Goldstein and Spiegelhalter (1996).
    """
    bottom, top = checks.vector(low, "low"), checks.vector(high, "high")
    checks.same_length(bottom, top, "low and high")
    if (bottom > top).any():
        raise InvalidInputError("low must not be above high.")
    tier = np.zeros(bottom.size, dtype=np.int64)
    floor, current = np.inf, -1
    for unit in np.argsort(-top, kind="stable"):
        if top[unit] < floor:
            current += 1
        floor = min(floor, bottom[unit]) if top[unit] >= floor else bottom[unit]
        tier[unit] = current
    return tier


def risk_rate(critical_errors: int, people: int) -> float:
    """Critical errors per 100 people.

    Raises InvalidInputError without people or with negative numbers. Source: issue C.
    """
    if people <= 0 or critical_errors < 0:
        raise InvalidInputError("A rate needs people, and a number of errors that is not negative.")
    return 100.0 * critical_errors / people


def worst(standings: Sequence[Standing]) -> Standing:
    """The weakest of several standings: a figure is only as firm as its parts. Source: issue C.

    Raises InvalidInputError for an empty list.
    """
    if not standings:
        raise InvalidInputError("There are no standings.")
    order = [Standing.SUPPRESSED, Standing.INDICATIVE, Standing.FIRM]
    return min(standings, key=order.index)
