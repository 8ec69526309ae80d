"""From a recorded act to a criterion or a critical error: what editors do with one press. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.state import Entry
from assessments.items.simulation.world import SWITCHES, TEXT_INPUTS, Task, World
from assessments.items.task_editor.naming import fresh
from assessments.items.task_editor.paths import Act

# How a typed text is compared, guessed from what goes into its field.
_HOWS = {
    "digits": "digits",
    "phone": "digits",
    "amount": "amount",
    "date": "date",
    "address": "host",
    "password": "exact",
}
_FREE = {"text", "search", "message"}


def did(act: Act) -> dict[str, Any]:
    """The rule that this act was done; choices that lead somewhere are told apart by their value."""
    entry = act.entry
    if entry.element is None:
        return {"finished": True} if entry.action == "finish" else {"used": entry.action}
    tapped_choice = entry.action == "tap" and isinstance(entry.value, str)
    return {"did": entry.element} | ({"value": entry.value} if tapped_choice else {})


def expected_field(world: World, entry: Entry) -> dict[str, Any]:
    """``{of, expect, how}`` with a guessed comparison."""
    element = world.inputs.get(entry.element or "", {})
    check = {"of": entry.element, "expect": entry.value}
    if element.get("type") in TEXT_INPUTS:
        how = "digits" if "length" in element else _HOWS.get(element.get("input", "text"), "text")
        return check | ({"how": how} if how != "exact" else {})
    return check


def with_points(task: Task, act: Act, label: str, points: int) -> Task:
    """Points for doing it."""
    return with_criterion(task, {"label": label, "points": points, "when": did(act)})


def with_fields(task: Task, act: Act, label: str, points: int) -> Task:
    """Points for the fields that were filled in before this tap, each with an equal share."""
    world = World.of({key: one for key, one in task.items() if key != "variants"})
    fields = [_unfilled(task, expected_field(world, entry)) for entry in act.filled]
    criterion = {"label": label, "points": points, "at": act.entry.element, "fields": fields}
    return with_criterion(task, criterion)


def with_order(task: Task, first: Act, then: Act, label: str, points: int) -> Task:
    """Points for doing one thing before the other."""
    return with_criterion(
        task, {"label": label, "points": points, "when": {"before": [did(first), did(then)]}}
    )


def with_avoided(task: Task, act: Act, label: str, points: int, needs: str) -> Task:
    """Points for not doing it, which count only together with something that was done."""
    criterion = {"label": label, "points": points, "needs": [needs], "when": {"never": did(act)}}
    return with_criterion(task, criterion)


def with_critical(task: Task, act: Act, label: str, code: str, advice: str) -> Task:
    """A critical error when this is done; a field that should stay empty counts as soon as it is filled in."""
    world = World.of(task)
    entry = act.entry
    typed = entry.action == "set" and world.inputs.get(entry.element or "", {}).get("type") not in SWITCHES
    free = typed and world.inputs.get(entry.element or "", {}).get("type") in TEXT_INPUTS
    rule: dict[str, Any] = {"of": entry.element, "filled": True} if free else did(act)
    if entry.action == "set" and not free:
        rule = {"of": entry.element, "expect": entry.value}
    errors = list(task["private"].get("critical") or [])
    name = fresh(label, {one["id"] for one in errors}, "loi")
    errors.append({"id": name, "code": code, "label": label, "when": rule, "advice": advice})
    return {**task, "private": {**task["private"], "critical": errors}}


def with_criterion(task: Task, criterion: dict[str, Any]) -> Task:
    criteria = list(task["private"].get("criteria") or [])
    errors = task["private"].get("critical") or []
    name = fresh(criterion["label"], {one["id"] for one in [*criteria, *errors]}, "tieu_chi")
    return {**task, "private": {**task["private"], "criteria": [*criteria, {"id": name, **criterion}]}}


def _unfilled(task: Task, check: dict[str, Any]) -> dict[str, Any]:
    """A parameter of the first variant stays a parameter."""
    values = {str(value): name for name, value in (task.get("variants") or [{}])[0].items()}
    found = values.get(str(check["expect"])) if isinstance(check["expect"], str) else None
    return {**check, "expect": f"[[{found}]]"} if found else check
