"""Rules of the judgement, over the log of a task. Only accepted acts count. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.comparison import expected, number
from assessments.items.simulation.state import Entry, State

Rule = Any


def _values(entry_or_state: Entry | State) -> dict[str, Any]:
    return {**entry_or_state.vars, **entry_or_state.values}


def check(values: dict[str, Any], condition: dict[str, Any]) -> bool:
    """``{of, expect | not_expect | filled | at_least, how}`` against values of one moment."""
    value = values.get(condition["of"])
    how = condition.get("how", "exact")
    if "expect" in condition:
        return expected(value, condition["expect"], how)
    if "not_expect" in condition:
        return bool(value) and not expected(value, condition["not_expect"], how)
    if "filled" in condition:
        return bool(value) == bool(condition["filled"])
    found = number(value)
    return found is not None and found >= int(condition["at_least"])


def _acts(log: tuple[Entry, ...], rule: dict[str, Any]) -> list[Entry]:
    wanted = rule["did"] if isinstance(rule["did"], list) else [rule["did"]]
    return [
        entry
        for entry in log
        if entry.ok
        and entry.element in wanted
        and ("value" not in rule or entry.value == rule["value"])
        and ("went" not in rule or entry.went == rule["went"])
        and all(check(_values(entry), condition) for condition in rule.get("where", []))
    ]


def first_at(state: State, rule: Rule) -> int | None:
    """The number of events after which the rule first holds; None when it never does."""
    for length in range(len(state.log) + 1):
        if holds(prefix(state, length), rule):
            return length
    return None


def prefix(state: State, length: int) -> State:
    """The state as far as rules see it after the first ``length`` events."""
    log = state.log[:length]
    seen = frozenset([*(entry.screen for entry in log), *(entry.went for entry in log if entry.went)])
    start = state.log[0].screen if state.log else state.screen
    last = log[-1] if log else None
    return State(
        screen=state.screen,
        values=last.values if last else {},
        vars=last.vars if last else {},
        seen=seen | {start},
        ended=state.ended and length == len(state.log),
        log=log,
    )


def _before(state: State, earlier: Rule, later: Rule) -> bool:
    first = first_at(state, earlier)
    second = first_at(state, later)
    return first is not None and second is not None and first <= second


def holds(state: State, rule: Rule) -> bool:
    """Whether a rule holds of everything done so far; a list is *and*."""
    if isinstance(rule, list):
        return all(holds(state, one) for one in rule)
    if "did" in rule:
        return len(_acts(state.log, rule)) >= int(rule.get("times", 1))
    if "visited" in rule:
        return rule["visited"] in state.seen
    if "used" in rule:
        return any(entry.action == rule["used"] for entry in state.log)
    if "finished" in rule:
        return any(entry.action == "finish" for entry in state.log) == rule["finished"]
    if "before" in rule:
        return _before(state, *rule["before"])
    if "never" in rule:
        return not holds(state, rule["never"])
    if "any" in rule:
        return any(holds(state, one) for one in rule["any"])
    return check(_values(state), rule)
