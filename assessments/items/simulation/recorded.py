"""Recorded paths: the solution, other good ways and wrong ways of a task, written by element ids. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.machine import Event, Impossible, step
from assessments.items.simulation.state import Entry, State, initial
from assessments.items.simulation.world import SWITCHES, World

MS_PER_ACT = 1500


def _words(act: Any) -> str:
    return str(act["do"] if isinstance(act, dict) else act)


def _typed(world: World, element: str, written: str) -> Any:
    kind = world.inputs[element]["type"] if element in world.inputs else ""
    if kind in SWITCHES:
        return written in {"true", "on"}
    if kind == "checks":
        return [key.strip() for key in written.strip("[]").split(",") if key.strip()]
    return int(written) if kind == "stepper" else written


def event_of(world: World, state: State, act: Any) -> Event:
    """``tap x``, ``tap x=key``, ``set x=value``, ``back``, ``home``, ``hint``, ``finish`` as an event here."""
    n = len(state.log)
    verb, _, rest = _words(act).partition(" ")
    if not rest:
        return Event(n, n * MS_PER_ACT, state.screen, verb)
    element, has_value, written = rest.partition("=")
    value: Any = None
    if has_value:
        value = _typed(world, element, written) if verb == "set" else written
        if verb == "tap" and any(
            e.get("id") == element and e["type"] == "rows" for e in world.elements(state.screen)
        ):
            value = int(written)
    return Event(n, n * MS_PER_ACT, state.screen, verb, element, value)


def walk(world: World, path: list[Any]) -> State:
    """The state after a recorded path. Raises Impossible naming the act that cannot happen."""
    state = initial(world)
    for act in path:
        try:
            state = step(world, state, event_of(world, state, act))
        except Impossible as problem:
            raise Impossible(f"{_words(act)} on {state.screen}: {problem}") from None
    return state


def path_of(state: State) -> list[str]:
    """What was done, in the words of a recorded path; asked hints are part of it."""
    return [_act_words(entry) for entry in state.log]


def _act_words(entry: Entry) -> str:
    if entry.element is None:
        return entry.action
    if entry.value is None:
        return f"{entry.action} {entry.element}"
    written = ",".join(entry.value) if isinstance(entry.value, list) else str(entry.value)
    if isinstance(entry.value, bool):
        written = "true" if entry.value else "false"
    return f"{entry.action} {entry.element}={written}"
