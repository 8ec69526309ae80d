"""Effects of a handler, in order, on a copy of the state. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assessments.items.simulation.state import State, lookup
from assessments.items.simulation.world import World

LIMIT = 10**9
MAX_ROWS = 10


def _given(world: World, state: State, value: Any) -> Any:
    return lookup(world, state, value["from"]) if isinstance(value, dict) and "from" in value else value


def _set(world: World, state: State, spec: dict[str, Any], row: int | None) -> State:
    return replace(state, vars={**state.vars, **{k: _given(world, state, v) for k, v in spec.items()}})


def _add(world: World, state: State, spec: dict[str, Any], row: int | None) -> State:
    sums = {k: max(-LIMIT, min(LIMIT, state.vars[k] + int(v))) for k, v in spec.items()}
    return replace(state, vars={**state.vars, **sums})


def _fill(world: World, state: State, spec: dict[str, Any], row: int | None) -> State:
    return replace(state, values={**state.values, **{k: _given(world, state, v) for k, v in spec.items()}})


def _clear(world: World, state: State, fields: list[str], row: int | None) -> State:
    return replace(state, values={k: v for k, v in state.values.items() if k not in fields})


def _push(world: World, state: State, spec: dict[str, Any], row: int | None) -> State:
    name = spec["rows"]
    rows = state.vars[name]
    if len(rows) >= min(int(world.vars[name].get("max", MAX_ROWS)), MAX_ROWS):
        return state
    record = {column: lookup(world, state, source) for column, source in spec["from"].items()}
    return replace(state, vars={**state.vars, name: [*rows, record]})


def _remove(world: World, state: State, name: str, row: int | None) -> State:
    if row is None:
        return state
    kept = [record for index, record in enumerate(state.vars[name]) if index != row]
    return replace(state, vars={**state.vars, name: kept})


EFFECTS: dict[str, Callable[[World, State, Any, int | None], State]] = {
    "set": _set,
    "add": _add,
    "fill": _fill,
    "clear": _clear,
    "push": _push,
    "remove": _remove,
}


def apply_effects(world: World, state: State, effects: list[dict[str, Any]], row: int | None) -> State:
    for effect in effects:
        for name, spec in effect.items():
            state = EFFECTS[name](world, state, spec, row)
    return state
