"""E19: the bank holds what the blueprint asks for; a report of what is there. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from assessments.items.audit.bank import (
    IN_USE,
    Bank,
    Blueprint,
    by_skill,
    difficulty_of,
    is_practice_only,
    letters_of,
    listed,
    skill_of,
    state_of,
    task_of,
)
from assessments.items.audit.fault import Fault
from assessments.items.verdict import Content

Cell = tuple[str, int, str]

ESSENTIAL = frozenset({"DVC", "VID", "QR", "ATS", "TMD"})
_LEAST_ESSENTIAL = {"items": 40, "tasks": 6, "practical": 10}
_LEAST_GROUP = {"items": 20, "tasks": 4}
_PRACTICAL = frozenset({"HS", "SG", "NU", "TR", "QR", "WA", "DC", "CV", "OB"})
_DIFFICULTIES = range(1, 7)


def faults(bank: Bank) -> Iterator[Fault]:
    waiting = Counter(map(_cell, _scored(bank, frozenset({"review"}))))
    for cell, count in sorted(missing(bank).items()):
        outcome, difficulty, kind = cell
        # What rests on a fact that nobody has compared yet may not be live, so its place is not empty but waiting.
        waits = waiting[cell] >= count
        message = f"{count} × {kind} {'waits in review' if waits else 'is missing'}"
        yield Fault("E19", outcome, f"difficulty {difficulty}", message, waits)
    scored = _scored(bank, IN_USE)
    for skill in sorted({row.split("-")[0] for row in bank.blueprint}):
        own = [item for item in scored if skill_of(item) == skill]
        found = _totals(own)
        for name, least in (_LEAST_ESSENTIAL if skill in ESSENTIAL else _LEAST_GROUP).items():
            if found[name] < least:
                yield Fault("E19", skill, name, f"{found[name]} of at least {least}")
        for difficulty in _DIFFICULTIES:
            if not any(difficulty_of(item) == difficulty for item in own):
                yield Fault("E19", skill, f"difficulty {difficulty}", "has no item")


def missing(bank: Bank) -> Counter[Cell]:
    """Cells of the blueprint that no item in use fills; one item fills one cell."""
    wanted = Counter(_cells(bank.blueprint))
    wanted.subtract(Counter(_cell(item) for item in _scored(bank, IN_USE)))
    return +wanted


def report(bank: Bank) -> dict[str, Any]:
    """Counts by skill, kind, difficulty and state, and what is missing, ready for JSON."""
    scored = _scored(bank, IN_USE | {"review", "draft", "retired"})
    waiting = Counter(_cell(item) for item in _scored(bank, frozenset({"review"})))
    return {
        "items": len(scored),
        "practice_only": len(bank.items) - len(scored),
        "lessons": len(bank.lessons),
        "facts": len(bank.facts),
        "states": dict(sorted(Counter(str(item.get("state")) for item in scored).items())),
        "skills": {skill: _skill_counts(items) for skill, items in by_skill(scored)},
        "blueprint": {
            "wanted": sum(1 for _cell in _cells(bank.blueprint)),
            "missing": [
                {
                    "outcome": outcome,
                    "difficulty": difficulty,
                    "kind": kind,
                    "count": count,
                    "in_review": waiting[(outcome, difficulty, kind)],
                }
                for (outcome, difficulty, kind), count in sorted(missing(bank).items())
            ],
        },
    }


def _skill_counts(items: list[Content]) -> dict[str, Any]:
    return {
        **_totals(items),
        "kinds": dict(sorted(Counter(letters_of(item) for item in items).items())),
        "difficulties": {str(d): sum(difficulty_of(item) == d for item in items) for d in _DIFFICULTIES},
        "states": dict(sorted(Counter(str(item.get("state")) for item in items).items())),
    }


def _totals(items: list[Content]) -> dict[str, int]:
    kinds = Counter(letters_of(item) for item in items)
    return {
        "items": len(items),
        "tasks": kinds["ST"],
        "practical": sum(count for kind, count in kinds.items() if kind in _PRACTICAL),
    }


def _scored(bank: Bank, states: frozenset[str] | set[str]) -> list[Content]:
    return [item for item in bank.items if state_of(item) in states and not is_practice_only(item)]


def _cells(blueprint: Blueprint) -> Iterator[Cell]:
    for outcome, row in blueprint.items():
        for difficulty, kinds in row.items():
            yield from ((outcome, int(difficulty), kind) for kind in kinds)


def _cell(item: Content) -> Cell:
    """A task counts for the first of its outcomes."""
    outcomes = listed(task_of(item).get("outcomes"))
    outcome = str(outcomes[0]) if outcomes else str(item.get("outcome"))
    return outcome, difficulty_of(item), letters_of(item)
