"""Scoring rules of the content guide, section 7. Pure: shares between 0 and 1, no Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise


def hits_minus_false_alarms(keys: Collection[str], chosen: Collection[str]) -> float:
    """(hits - false alarms) / keys, never below 0: ticking everything earns nothing."""
    hits = len(set(keys) & set(chosen))
    false_alarms = len(set(chosen) - set(keys))
    return max(0.0, (hits - false_alarms) / len(set(keys)))


def adjacent_pairs(right_order: Sequence[str], given: Sequence[str]) -> float:
    """The share of neighbours that really follow one another: one slip does not cost everything."""
    wanted = set(pairwise(right_order))
    found = set(pairwise(given))
    return len(wanted & found) / len(wanted)


def share_right(right: Mapping[str, str], given: Mapping[str, str]) -> float:
    """Parts right / all parts."""
    return sum(given.get(part) == value for part, value in right.items()) / len(right)


def chance_corrected(right: Mapping[str, str], given: Mapping[str, str], groups: int) -> float:
    """Parts right, corrected for guessing among ``groups``: putting everything into one group earns nothing."""
    if groups < 2:
        return share_right(right, given)
    chance = 1 / groups
    return max(0.0, (share_right(right, given) - chance) / (1 - chance))


def discrimination(genuine: Mapping[str, bool], judged_genuine: Mapping[str, bool]) -> float:
    """Hit rate - false-alarm rate, where a hit is a fake that was called fake. "All are fake" earns nothing."""
    fakes = [part for part, real in genuine.items() if not real]
    reals = [part for part, real in genuine.items() if real]
    if not fakes or not reals:
        return sum(judged_genuine.get(part) == real for part, real in genuine.items()) / len(genuine)
    # What was not judged helps nobody: neither a fake that was seen nor a real one that was trusted.
    hits = sum(judged_genuine.get(part) is False for part in fakes) / len(fakes)
    false_alarms = sum(judged_genuine.get(part) is not True for part in reals) / len(reals)
    return max(0.0, hits - false_alarms)
