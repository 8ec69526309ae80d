"""E21: a simulated task can be played to its end, and its recorded ways give what their author says. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.items.audit.bank import Bank, id_of, task_of
from assessments.items.audit.fault import Fault
from assessments.items.simulation.lint import lint

# Told by the checks of texts, sources and pictures, which see every item alike.
_TOLD_ELSEWHERE = frozenset({
    "not-nfc", "long-sentence", "real-looking-number", "no-source", "fact-overdue", "no-alt",
})  # fmt: skip
_OTHER_CODES = {"real-domain": "E11", "alt-gives-away": "E12", "answer-in-public": "E22"}


def faults(bank: Bank) -> Iterator[Fault]:
    for item in bank.audited:
        if item.get("kind") != "simulated_task":
            continue
        task = task_of(item)
        try:
            found = lint(task, bank.today, walks=False)
        except (KeyError, TypeError, ValueError, AttributeError, LookupError) as problem:
            yield Fault("E21", id_of(item), "simulation", f"cannot be read: {problem!r}")
            continue
        for one in found:
            if one.code not in _TOLD_ELSEWHERE:
                code = _OTHER_CODES.get(one.code, "E21")
                yield Fault(code, id_of(item), one.where, f"{one.code}: {one.message}", one.level != "error")
