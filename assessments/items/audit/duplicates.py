"""E07: no two items ask the same in nearly the same words. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from assessments.items.audit.bank import Bank, id_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.plain_text import folded_tokens
from assessments.items.audit.texts import item_text, texts_of
from assessments.items.verdict import Content
from lms import vietnamese

_SAME_KIND, _ANY_KIND = 0.80, 0.90
_GRAM = 3
# The everyday people of section 4.
_NAMES = re.compile(
    r"\b(?:ba sau|ong tu|chi lan|chu bay|co hanh|anh minh|anh k'brep|chi ka hien|ba hai|ong nam)\b"
)
_DIGITS = re.compile(r"\d")
_MOST_TOLD = 30


def faults(bank: Bank) -> Iterator[Fault]:
    items = [item for item in bank.audited if len(grams(item)) > 0]
    shingles = [grams(item) for item in items]
    # Only pairs that share a rare three words are worth comparing.
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, own in enumerate(shingles):
        for gram in own:
            places[gram].append(place)
    near = {pair for some in places.values() if 1 < len(some) <= _MOST_TOLD for pair in combinations(some, 2)}
    for one, other in sorted(near):
        likeness = len(shingles[one] & shingles[other]) / len(shingles[one] | shingles[other])
        same_kind = items[one].get("kind") == items[other].get("kind")
        if likeness >= (_SAME_KIND if same_kind else _ANY_KIND) and id_of(items[one]) != id_of(items[other]):
            yield Fault("E07", id_of(items[other]), "stem", f"{likeness:.0%} the same as {id_of(items[one])}")


def grams(item: Content) -> frozenset[tuple[str, ...]]:
    """Runs of three words: lower case, no diacritics, digits as 0, names as one name."""
    text = item_text(item)
    if item.get("kind") == "simulated_task":
        text = " ".join(said for _field, said in texts_of(item))
    plain = _NAMES.sub("name", _DIGITS.sub("0", vietnamese.folded(text)))
    tokens = folded_tokens(plain)
    return frozenset(tuple(tokens[place : place + _GRAM]) for place in range(len(tokens) - _GRAM + 1))
