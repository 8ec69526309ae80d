"""One play of a task: its seed and the compact log of what was done give the state again. Pure.

The log is stored as ``[n, t, screen, action, element, value]`` with authored names, so that grading again gives the
same result to the bit whatever a later release renames.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.items.simulation.compile_public import Compiled, compile_public
from assessments.items.simulation.grade import Result, grade
from assessments.items.simulation.machine import Event, step
from assessments.items.simulation.state import State, initial
from assessments.items.simulation.world import World

Row = list[Any]


@dataclass(frozen=True)
class Play:
    """A task compiled for one seed, and where the person stands in it."""

    compiled: Compiled
    state: State

    @property
    def world(self) -> World:
        return self.compiled.world

    @property
    def screen(self) -> dict[str, Any]:
        return self.world.screens[self.state.screen]

    @property
    def rows(self) -> list[Row]:
        return [row_of(entry) for entry in self.state.log]

    @property
    def result(self) -> Result:
        return grade(self.world, self.state)


def row_of(event: Any) -> Row:
    """An event or entry in the stored form."""
    return [event.n, event.t, event.screen, event.action, event.element, event.value]


def replay(world: World, rows: Iterable[Row]) -> State:
    """The state after a stored log; raises Impossible when the log is not of this world."""
    state = initial(world)
    for row in rows:
        state = step(world, state, Event(*row))
    return state


def resume(task: dict[str, Any], seed: int, rows: Iterable[Row]) -> Play:
    compiled = compile_public(task, seed)
    return Play(compiled, replay(compiled.world, rows))
