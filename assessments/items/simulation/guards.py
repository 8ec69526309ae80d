"""Guards of the world: a list is *and*; ``any``, ``not``; one operator beside ``of``. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assessments.items.simulation.comparison import SHAPES, number, same
from assessments.items.simulation.state import State, lookup
from assessments.items.simulation.world import World

OPERATORS = ("filled", "is", "is_not", "shape", "at_least", "at_most", "longer", "has", "same_as")


def _accepted(value: Any, wanted: Any, how: str) -> bool:
    options = wanted if isinstance(wanted, list) else [wanted]
    return any(same(value, one, how) for one in options)


def _bounded(value: Any, guard: dict[str, Any]) -> bool:
    found = number(value)
    if found is None:
        return False
    return bool(guard.get("at_least", found) <= found <= guard.get("at_most", found))


def _holds_one(world: World, state: State, guard: dict[str, Any]) -> bool:
    value = lookup(world, state, guard["of"])
    how = guard.get("how", "exact")
    checks: dict[str, Callable[[], bool]] = {
        "filled": lambda: bool(value) == bool(guard["filled"]),
        "is": lambda: _accepted(value, guard["is"], how),
        "is_not": lambda: not _accepted(value, guard["is_not"], how),
        "shape": lambda: SHAPES[guard["shape"]](str(value or "")),
        "at_least": lambda: _bounded(value, guard),
        "at_most": lambda: _bounded(value, guard),
        "longer": lambda: len(str(value or "")) >= int(guard["longer"]),
        "has": lambda: isinstance(value, list) and guard["has"] in value,
        "same_as": lambda: same(value, lookup(world, state, guard["same_as"]), how),
    }
    return all(check() for name, check in checks.items() if name in guard)


def holds(world: World, state: State, guard: Any) -> bool:
    """Whether a guard holds; no guard always holds."""
    if guard is None:
        return True
    if isinstance(guard, list):
        return all(holds(world, state, one) for one in guard)
    if "any" in guard:
        return any(holds(world, state, one) for one in guard["any"])
    if "not" in guard:
        return not holds(world, state, guard["not"])
    if "visited" in guard:
        return guard["visited"] in state.seen
    return _holds_one(world, state, guard)


def shown(world: World, state: State, part: dict[str, Any]) -> bool:
    """Whether an element or option is on the screen."""
    return holds(world, state, part.get("show_if"))


def enabled(world: World, state: State, part: dict[str, Any]) -> bool:
    return shown(world, state, part) and holds(world, state, part.get("enabled_if"))
