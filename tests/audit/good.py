"""A small bank in which the audit finds nothing: one item of each kind, their facts, a lesson. Tests spoil it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date
from typing import Any

from assessments.items.audit import read_files
from assessments.items.audit.bank import LETTERS, Bank, is_practice_only
from assessments.items.audit.fault import Fault
from assessments.items.audit.run import audit
from assessments.items.simulation.load_tasks import TASKS

TODAY = date(2026, 11, 23)
_STARTER = read_files.ITEMS / "starter"
_FILES = [_STARTER / f"{skill}.yaml" for skill in ("vid", "dvc", "qr", "ats", "tmd")]
_TASK, _LESSON = TASKS / "3-quet-qr-o-cho.yaml", read_files.LESSONS / "vid-mat-may-doi-may.yaml"

_ALL = read_files.bank_of([*_FILES, _TASK, _LESSON], TODAY)


def _first(kind: str) -> dict[str, Any]:
    return next(item for item in _ALL.items if item["kind"] == kind and not is_practice_only(item))


def good_items() -> dict[str, dict[str, Any]]:
    """By the code of their kind; alone, so without enemies."""
    return {letters: {**copy.deepcopy(_first(kind)), "enemies": []} for kind, letters in LETTERS.items()}


def good_lesson() -> dict[str, Any]:
    lesson = copy.deepcopy(dict(_ALL.lessons[0]))
    practice = next(screen for screen in lesson["screens"] if screen["kind"] == "practice")
    practice["items"] = [item["id"] for item in good_items().values()][:3]
    return lesson


def bank_with(items: Sequence[Any], lessons: Sequence[Any] = (), **changes: Any) -> Bank:
    given: dict[str, Any] = {
        "facts": copy.deepcopy(dict(_ALL.facts)),
        "public_persons": ["Trần Văn Nổi Tiếng"],
    }
    return Bank(
        items,
        lessons=lessons,
        blueprint=read_files.blueprint(),
        today=TODAY,
        plain_words=read_files.plain_words(),
        **{**given, **changes},
    )


def told(bank: Bank) -> list[Fault]:
    """All faults but what is missing for a whole bank, which has tests of its own."""
    return [fault for fault in audit(bank) if fault.code != "E19"]


def errors(bank: Bank) -> list[Fault]:
    return [fault for fault in told(bank) if not fault.warning]


def copies(item: dict[str, Any], count: int, **changes: Any) -> list[dict[str, Any]]:
    """Items of the same skill that differ in their ids only."""
    made = []
    for number in range(count):
        one = {**copy.deepcopy(item), **copy.deepcopy(changes)}
        one["id"] = f"{one['outcome']}-{LETTERS[one['kind']]}-{900 + number}"
        made.append(one)
    return made
