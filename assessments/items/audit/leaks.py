"""E22: what is sent before the answer does not depend on the key. Pure.

Each content has a twin whose key, rules and feedback are others. Whatever is public must be the same for both, byte
for byte: then nothing secret is in it, under whatever name.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from assessments.items.audit.bank import Bank, id_of, parts, task_of
from assessments.items.audit.fault import Fault
from assessments.items.simulation.compile_public import compile_public
from assessments.items.verdict import Content

SEEDS = (0, 1, 7)
_TWIN = "KHÁC"
# Their key is which parts belong together, so the order on the page may follow it; the words and values may not.
_PLACED = frozenset({"match", "order"})
_TOKEN = re.compile(r"[\s<>{}\[\],]+")
# Said after the answer only.
SAID_AFTERWARDS = frozenset({
    "feedback", "feedback_right", "feedback_wrong", "feedback_other", "why", "next_step", "advice", "source",
})  # fmt: skip
_FLAGS = frozenset({"correct", "genuine", "fault", "required"})
_VALUES = frozenset({"accept", "accept_number", "points", "critical", "max_points", "tolerance"})


def faults(bank: Bank) -> Iterator[Fault]:
    for item in bank.audited:
        if item.get("kind") == "simulated_task":
            yield from _task(item)


def twin(content: Content) -> Content:
    """The same to read before the answer; another key, other points, other words afterwards."""
    changed: Content = _changed(content)
    answer = content.get("answer")
    if isinstance(answer, dict):
        changed["answer"] = {**answer, "value": float(answer.get("value") or 0) + 1}
    if isinstance(content.get("simulation"), dict):
        changed["simulation"] = task_twin(content["simulation"])
    _regroup(changed)
    _repair(changed)
    return changed


def depends_on_key(content: Content, shown: str, shown_of_twin: str) -> bool:
    """Whether two pages made with the same seed tell an item from its twin."""
    if content.get("kind") in _PLACED:
        return Counter(_TOKEN.split(shown)) != Counter(_TOKEN.split(shown_of_twin))
    return shown != shown_of_twin


def _regroup(changed: Content) -> None:
    groups = [group.get("id") for group in parts(changed, "groups")]
    for card in parts(changed, "cards"):
        if card.get("group") in groups:
            card["group"] = groups[(groups.index(card["group"]) + 1) % len(groups)]
        elif isinstance(card.get("position"), int):
            card["position"] = len(parts(changed, "cards")) + 1 - card["position"]


def _repair(changed: Content) -> None:
    pairs = parts(changed, "pairs")
    rights = [pair.get("right") for pair in pairs]
    for pair, right in zip(pairs, rights[1:] + rights[:1], strict=True):
        pair["right"] = right


def task_twin(task: Content) -> Content:
    """The same world with no judgement and no recorded ways. Where a hint may be asked is public, its words are not."""
    hints = [{**hint, "texts": [_TWIN], "cost": 9} for hint in parts(task.get("private") or {}, "hints")]
    return {
        **task,
        "private": {"criteria": [], "critical": [], "hints": hints, "feedback": {}},
        "recorded": {},
    }


def _changed(node: Any, name: str = "") -> Any:
    if isinstance(node, dict):
        return {key: one if key == "simulation" else _changed(one, key) for key, one in node.items()}
    if name in SAID_AFTERWARDS and isinstance(node, str):
        return f"{_TWIN} {node}"
    if name in _FLAGS and isinstance(node, bool):
        return not node
    if name in _VALUES:
        return _other(node)
    if isinstance(node, list):
        return [_changed(one, name) for one in node]
    return node


def _other(value: Any) -> Any:
    if isinstance(value, list):
        return [f"{_TWIN} {one}" for one in value]
    return value + 1 if isinstance(value, int | float) and not isinstance(value, bool) else f"{_TWIN} {value}"


def _task(item: Content) -> Iterator[Fault]:
    task = task_of(item)
    for seed in SEEDS:
        try:
            sent = [json.dumps(compile_public(one, seed).public) for one in (task, task_twin(task))]
        except (KeyError, TypeError, ValueError, AttributeError, LookupError):
            return  # E21 tells what is broken
        if sent[0] != sent[1]:
            yield Fault("E22", id_of(item), "simulation", "the public half depends on the judgement")
            return
