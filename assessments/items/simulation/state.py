"""Where a person stands in a simulated world, and the log of what they did. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from assessments.items.simulation.world import World

HISTORY = 20
BLANKS: dict[str, Any] = {"bool": False, "int": 0, "rows": [], "choice": None}


@dataclass(frozen=True)
class Entry:
    """One accepted event with authored ids and what was true after it; ``ok`` is False for a refusal."""

    n: int
    t: int
    screen: str
    action: str
    element: str | None
    value: Any
    ok: bool
    went: str | None
    values: dict[str, Any]
    vars: dict[str, Any]


@dataclass(frozen=True)
class State:
    """Immutable: every step makes a new one, so that a refused event changes nothing."""

    screen: str
    history: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    vars: dict[str, Any] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    ended: bool = False
    said: str = ""
    log: tuple[Entry, ...] = ()

    def at(self, screen: str) -> State:
        return replace(self, screen=screen, seen=self.seen | {screen})


def initial(world: World) -> State:
    """The state before the first event."""
    values = {name: element["initial"] for name, element in world.inputs.items() if "initial" in element}
    variables = {
        name: spec.get("initial", list(BLANKS["rows"]) if spec["type"] == "rows" else BLANKS[spec["type"]])
        for name, spec in world.vars.items()
    }
    return State(screen=world.start, values=values, vars=variables, seen=frozenset({world.start}))


def lookup(world: World, state: State, name: str) -> Any:
    """The value of an input, a variable or a total."""
    if name in world.inputs:
        return state.values.get(name)
    if name in state.vars:
        return state.vars[name]
    return total(world, state, name)


def total(world: World, state: State, name: str) -> int | None:
    """``total: [{of: qty, times: 45000}, {of: fee}, {amount: 15000}]``: computed, never stored."""
    from assessments.items.simulation.comparison import number

    spec = (world.task.get("totals") or {}).get(name)
    if spec is None:
        return None
    result = 0
    for part in spec:
        if "amount" in part:
            result += int(part["amount"])
        else:
            result += (number(lookup(world, state, part["of"])) or 0) * int(part.get("times", 1))
    return result
