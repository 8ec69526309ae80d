"""A trace as a browser sends it, built from a recorded path."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.compile_public import Compiled, is_choice
from assessments.items.simulation.machine import step
from assessments.items.simulation.play import Play
from assessments.items.simulation.recorded import event_of
from assessments.items.simulation.state import initial
from assessments.items.simulation.world import TEXT_INPUTS


def trace_of(compiled: Compiled, path: list[Any]) -> list[dict[str, Any]]:
    """The events of a path under the names of one sitting."""
    world, state, raws = compiled.world, initial(compiled.world), []
    for act in path:
        event = event_of(world, state, act)
        raws.append(
            {
                "n": event.n,
                "t": event.t,
                "s": compiled.tokens.hide("screen", event.screen),
                "e": compiled.tokens.hide("element", event.element) if event.element else None,
                "a": event.action,
                "v": _named(compiled, event.element, event.value),
            }
        )
        state = step(world, state, event)
    return raws


def _named(compiled: Compiled, element: str | None, value: Any) -> Any:
    typed = compiled.world.inputs.get(element or "", {}).get("type") in TEXT_INPUTS
    if element is None or typed or value is None or not is_choice(compiled.world, element):
        return value
    if isinstance(value, list):
        return [compiled.tokens.hide("option", one) for one in value]
    return compiled.tokens.hide("option", value)


def fresh(compiled: Compiled) -> Play:
    return Play(compiled, initial(compiled.world))
