"""The audit of what people get: the stored bank, or the files of the repository before anything is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from assessments.items.audit import read_files
from assessments.items.audit.bank import Bank, id_of
from assessments.items.audit.counts import report
from assessments.items.audit.fault import Fault
from assessments.items.audit.leaks import SEEDS, depends_on_key, twin
from assessments.items.audit.run import audit
from assessments.items.models import Fact, Item, ItemVersion
from assessments.items.present_item import present
from assessments.items.verdict import Content


@dataclass(frozen=True)
class Audit:
    """Faults in the order of their codes, and counts ready for JSON."""

    faults: list[Fault]
    counts: dict[str, Any]

    @property
    def failed(self) -> bool:
        return any(not fault.warning for fault in self.faults)


def bank_is_loaded() -> bool:
    """False before ``migrate`` and before ``load_starter``."""
    try:
        return Item.objects.exists()
    except DatabaseError:
        return False


def audit_stored(lessons: Sequence[Content]) -> Audit:
    """Items and facts as they are stored; lessons as their room tells them."""
    items = [
        {**item.current.content, "id": item.code, "state": item.state}
        for item in Item.objects.select_related("current")
        if item.current is not None
    ]
    facts = {fact.key: _fact(fact) for fact in Fact.objects.all()}
    return _audited(
        Bank(
            items,
            facts,
            lessons,
            read_files.blueprint(),
            timezone.localdate(),
            read_files.plain_words(),
            read_files.public_persons(),
        )
    )


def audit_files() -> Audit:
    """Raises ``UnreadableError`` for a file that is no YAML."""
    return _audited(read_files.bank_of(read_files.starter_files(), timezone.localdate()))


def _audited(bank: Bank) -> Audit:
    return Audit(sorted([*audit(bank), *shown_too_early(bank)]), report(bank))


def shown_too_early(bank: Bank) -> Iterator[Fault]:
    """E22 for all that a template gets: it must be the same for an item and for its twin."""
    for item in bank.audited:
        if item.get("kind") == "simulated_task":
            continue
        for seed in SEEDS:
            try:
                shown, shown_of_twin = (_page(one, seed) for one in (item, twin(item)))
            except (KeyError, TypeError, ValueError, AttributeError) as problem:
                yield Fault("E22", id_of(item), "page", f"cannot be shown: {problem!r}")
                break
            if depends_on_key(item, shown, shown_of_twin):
                yield Fault("E22", id_of(item), "page", "what is shown before the answer depends on the key")
                break


def _page(content: Content, seed: int) -> str:
    return json.dumps(present(ItemVersion(content=content), seed).context, default=str, ensure_ascii=False)


def _fact(fact: Fact) -> Content:
    return {
        "says": fact.says,
        "source": fact.source,
        "legal_basis": fact.legal_basis or None,
        "mark": fact.mark,
        "verified_on": fact.verified_on.isoformat() if fact.verified_on else None,
        "review_by": fact.review_by.isoformat() if fact.review_by else None,
    }
