"""Recorded paths of a draft: kept, confirmed again, forgotten; what was done, act by act. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assessments.items.simulation.grade import Result, grade
from assessments.items.simulation.machine import Impossible, step
from assessments.items.simulation.recorded import event_of, path_of
from assessments.items.simulation.state import Entry, State, initial
from assessments.items.simulation.world import Task, World

SOLUTION, ALSO, WRONG = "solution", "also_full", "wrong"


@dataclass(frozen=True)
class Act:
    """One recorded act; ``filled`` are the fields filled in on the same screen just before it."""

    place: int
    entry: Entry
    filled: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Walked:
    """How far a recorded path still goes; ``stopped_at`` words an act that is no longer possible."""

    acts: list[Act]
    result: Result
    stopped_at: str = ""


def walked(task: Task, path: list[Any], variant: int = 0) -> Walked:
    world = World.of(task, variant)
    filled = World.of({**task, "recorded": {"path": path}}, variant).task["recorded"]["path"]
    state, stopped = initial(world), ""
    for act in filled:
        try:
            state = step(world, state, event_of(world, state, act))
        except (Impossible, ValueError):
            stopped = str(act["do"] if isinstance(act, dict) else act)
            break
    return Walked(acts_of(state), grade(world, state), stopped)


def acts_of(state: State) -> list[Act]:
    acts: list[Act] = []
    filled: list[Entry] = []
    for place, entry in enumerate(state.log):
        if entry.action == "set":
            filled.append(entry)
            acts.append(Act(place, entry))
            continue
        here = tuple({one.element: one for one in filled if one.screen == entry.screen}.values())
        acts.append(Act(place, entry, here if entry.action == "tap" else ()))
        filled = filled if not entry.ok else []
    return acts


def path_named(task: Task, name: str) -> list[Any] | None:
    """``solution``, ``also_full-0`` or ``wrong-0``."""
    recorded = task["recorded"]
    kind, _, number = name.partition("-")
    if kind == SOLUTION:
        return list(recorded.get(SOLUTION) or [])
    paths = recorded.get(kind) or [] if kind in {ALSO, WRONG} else []
    if not number.isdigit() or int(number) >= len(paths):
        return None
    return list(paths[int(number)]["path"] if kind == WRONG else paths[int(number)])


def with_path(task: Task, state: State, kind: str, name: str = "", variant: int = 0) -> Task:
    """The task with this play kept. Typed values that are parameters of the variant stay parameters."""
    path = _with_parameters(task, path_of(state), variant)
    recorded = dict(task["recorded"])
    if kind == SOLUTION:
        recorded[SOLUTION] = path
    elif kind == ALSO:
        recorded[ALSO] = [*recorded.get(ALSO, []), path]
    else:
        recorded[WRONG] = [
            *recorded.get(WRONG, []),
            judged_wrong(task, {"name": name, "path": path}, variant),
        ]
    return {**task, "recorded": recorded}


def judged_wrong(task: Task, wrong: dict[str, Any], variant: int = 0) -> dict[str, Any]:
    """A wrong way with the points and critical errors that the server finds now."""
    result = walked(task, wrong["path"], variant).result
    points = float(result.points)
    stated = int(points) if points.is_integer() else points
    return {**wrong, "points": stated, "critical": [error.id for error in result.critical]}


def with_wrong_confirmed(task: Task, number: int) -> Task:
    wrongs = list(task["recorded"].get(WRONG) or [])
    if not 0 <= number < len(wrongs):
        return task
    wrongs[number] = judged_wrong(task, wrongs[number])
    return {**task, "recorded": {**task["recorded"], WRONG: wrongs}}


def without_path(task: Task, name: str) -> Task:
    recorded, (kind, _, number) = dict(task["recorded"]), name.partition("-")
    if kind == SOLUTION:
        recorded[SOLUTION] = []
    elif kind in {ALSO, WRONG} and number.isdigit():
        recorded[kind] = [one for place, one in enumerate(recorded.get(kind) or []) if place != int(number)]
    return {**task, "recorded": recorded}


def _with_parameters(task: Task, path: list[str], variant: int) -> list[str]:
    variants = task.get("variants") or [{}]
    values = {str(value): name for name, value in variants[variant % len(variants)].items() if str(value)}
    return [_parametrised(act, values) for act in path]


def _parametrised(act: str, values: dict[str, str]) -> str:
    head, has_value, value = act.partition("=")
    return f"{head}=[[{values[value]}]]" if has_value and head.startswith("set ") and value in values else act
