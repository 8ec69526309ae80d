"""E17: suspecting everything must not pay. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assessments.items.audit.bank import Bank, by_skill, id_of, parts, tags_of
from assessments.items.audit.fault import Fault

_CASES = {"message_triage": "messages", "web_address": "addresses"}
_GENUINE, _FALSE = "fraud-genuine", "fraud-false"
_ENOUGH = 6
_LEAST, _MOST = 0.40, 0.60
_UNEVEN = 1.5


def faults(bank: Bank) -> Iterator[Fault]:
    for item in bank.audited:
        cases = parts(item, _CASES.get(str(item.get("kind")), ""))
        genuine = sum(case.get("genuine") is True for case in cases)
        if genuine * 2 != len(cases):
            yield Fault("E17", id_of(item), "genuine", f"{genuine} of {len(cases)} cases are genuine")
        if item.get("kind") == "sort_groups":
            sizes = Counter(str(card.get("group")) for card in parts(item, "cards")).values()
            if sizes and max(sizes) > _UNEVEN * min(sizes):
                yield Fault("E17", id_of(item), "cards", f"groups of {min(sizes)} to {max(sizes)} cards")
    for skill, items in by_skill(bank.audited):
        tags = Counter(tag for item in items for tag in tags_of(item) if tag in {_GENUINE, _FALSE})
        total = sum(tags.values())
        if total >= _ENOUGH and not _LEAST <= tags[_GENUINE] / total <= _MOST:
            yield Fault("E17", skill, "tags", f"{tags[_GENUINE]} of {total} items on fraud are genuine")
