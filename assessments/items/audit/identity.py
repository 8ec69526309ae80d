"""E01: every item has one id, and the id says outcome and kind. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assessments.items.audit.bank import LETTERS, Bank, difficulty_of, id_of, letters_of
from assessments.items.audit.fault import Fault
from assessments.items.verdict import Content

_ID = re.compile(r"([A-Z]+-[0-9]+)-([A-Z]{2})-([0-9]{3})")


def faults(bank: Bank) -> Iterator[Fault]:
    for content_id, count in Counter(id_of(item) for item in bank.items).items():
        if count > 1:
            yield Fault("E01", content_id, "id", f"stands {count} times in the bank")
    for item in bank.audited:
        yield from _id_faults(item, bank)
        if not 1 <= difficulty_of(item) <= 6:
            yield Fault("E01", id_of(item), "difficulty", "is not a whole number from 1 to 6")


def _id_faults(item: Content, bank: Bank) -> Iterator[Fault]:
    content_id, outcome = id_of(item), str(item.get("outcome"))
    found = _ID.fullmatch(content_id)
    if found is None:
        yield Fault("E01", content_id, "id", "is not OUTCOME-KIND-ddd")
        return
    if found[1] != outcome:
        yield Fault("E01", content_id, "outcome", f"is {outcome}, the id says {found[1]}")
    if found[2] not in LETTERS.values():
        yield Fault("E01", content_id, "id", f"{found[2]} is not the code of a kind")
    elif found[2] != letters_of(item):
        yield Fault("E01", content_id, "kind", f"is {item.get('kind')}, the id says {found[2]}")
    if outcome not in bank.blueprint:
        yield Fault("E01", content_id, "outcome", f"{outcome} is not an outcome")
    elif outcome.split("-")[0].lower() != str(item.get("skill")):
        yield Fault("E01", content_id, "skill", f"is {item.get('skill')}, the outcome is {outcome}")
