"""All checks over one bank. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assessments.items.audit import (
    addresses,
    balance,
    counts,
    duplicates,
    feedback,
    fields,
    identity,
    keys,
    leaks,
    lessons,
    pictures,
    real_data,
    sentences,
    shapes,
    sources,
    spelling,
    stems,
    tasks,
    wording,
)
from assessments.items.audit.bank import Bank, id_of, state_of
from assessments.items.audit.fault import Fault

_CHECKS: tuple[Callable[[Bank], Iterator[Fault]], ...] = (
    identity.faults, fields.faults, shapes.faults, feedback.faults, sources.faults, keys.faults, duplicates.faults,
    spelling.faults, sentences.faults, real_data.faults, addresses.faults, pictures.faults, wording.faults,
    stems.faults, balance.faults, counts.faults, lessons.faults, tasks.faults, leaks.faults,
)  # fmt: skip


def audit(bank: Bank) -> list[Fault]:
    """Faults in the order of their codes. What is only in review reaches nobody, so its faults are warnings."""
    in_review = {id_of(item) for item in bank.audited if state_of(item) == "review"}
    found = {fault for check in _CHECKS for fault in check(bank)}
    return sorted(replace(fault, warning=True) if fault.id in in_review else fault for fault in found)
