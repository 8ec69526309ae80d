"""The machine accepts what can be done on a screen and nothing else; random use never breaks it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.items.simulation.grade import grade
from assessments.items.simulation.guards import enabled
from assessments.items.simulation.machine import Event, Impossible, step
from assessments.items.simulation.recorded import event_of, walk
from assessments.items.simulation.state import State, initial
from assessments.items.simulation.world import (
    INPUTS,
    ONE_OF,
    OPTION_TAPS,
    PLAIN_TAPS,
    SWITCHES,
    TEXT_INPUTS,
    World,
)
from tests.simulation.conftest import TASKS

TEXTS = [
    "",
    "1",
    "123456",
    "vneid.gov.vn",
    "Nguyễn Thị Mỹ Hạnh",
    "35.000",
    "07/12/2026",
    "156",
    "999185004721",
]


def _possible(world: World, state: State, chance: random.Random) -> Event | None:
    """A random event, mostly a possible one."""
    n = len(state.log)
    if chance.random() < 0.1:
        return Event(n, n * 900, state.screen, chance.choice(["back", "home", "hint"]))
    acting = [e for e in world.elements(state.screen) if enabled(world, state, e) and "id" in e]
    acting = [e for e in acting if e["type"] in INPUTS | PLAIN_TAPS | OPTION_TAPS]
    if not acting:
        return Event(n, n * 900, state.screen, "finish")
    element = chance.choice(acting)
    kind, value = element["type"], None
    if kind in TEXT_INPUTS:
        value = chance.choice(TEXTS)
    elif kind in SWITCHES:
        value = chance.random() < 0.5
    elif kind in ONE_OF | OPTION_TAPS:
        value = chance.choice(element["options"])["key"]
    action = "set" if kind in INPUTS else "tap"
    return Event(n, n * 900, state.screen, action, element["id"], value)


def _wander(world: World, seed: int, length: int) -> State:
    chance, state = random.Random(seed), initial(world)
    for _ in range(length):
        event = _possible(world, state, chance)
        try:
            state = step(world, state, event) if event else state
        except Impossible:
            continue
    return state


@given(name=st.sampled_from(sorted(TASKS)), seed=st.integers(0, 10**6), length=st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_random_use_stays_within_the_points(name: str, seed: int, length: int) -> None:
    world = World.of(TASKS[name], seed)
    state = _wander(world, seed, length)
    result = grade(world, state)
    assert 0 <= result.points <= result.maximum
    assert grade(world, state) == result


@given(name=st.sampled_from(sorted(TASKS)), seed=st.integers(0, 10**6), cut=st.integers(0, 40))
@settings(max_examples=40, deadline=None)
def test_a_replay_from_any_cut_gives_the_same_state(name: str, seed: int, cut: int) -> None:
    world = World.of(TASKS[name], seed)
    whole = _wander(world, seed, 40)
    state = initial(world)
    for entry in whole.log[:cut]:
        state = step(
            world, state, Event(entry.n, entry.t, entry.screen, entry.action, entry.element, entry.value)
        )
    for entry in whole.log[cut:]:
        state = step(
            world, state, Event(entry.n, entry.t, entry.screen, entry.action, entry.element, entry.value)
        )
    assert state == whole


FORGERIES = {
    "success": lambda e: Event(e.n, e.t, e.screen, "success", None, True),
    "a score": lambda e: Event(e.n, e.t, e.screen, "set", "points", 10),
    "another screen": lambda e: Event(e.n, e.t, e.screen + "x", e.action, e.element, e.value),
    "an unknown element": lambda e: Event(e.n, e.t, e.screen, "tap", "khong_co", None),
    "a later number": lambda e: Event(e.n + 1, e.t, e.screen, e.action, e.element, e.value),
    "an earlier number": lambda e: Event(e.n - 1, e.t, e.screen, e.action, e.element, e.value),
    "a hidden choice": lambda e: Event(e.n, e.t, e.screen, e.action, e.element, "khong_co_lua_chon"),
    "a long text": lambda e: Event(e.n, e.t, e.screen, "set", e.element, "1" * 201),
    "a list": lambda e: Event(e.n, e.t, e.screen, "set", e.element, [1, 2]),
    "a control character": lambda e: Event(e.n, e.t, e.screen, "set", e.element, "a\u0000b"),
}


def _concerns(world: World, real: Event, forgery: str) -> bool:
    """A frame act has no element to forge; a text field takes any choice key as a text."""
    if real.element is None:
        return forgery in {"success", "a score", "a later number", "an earlier number"}
    is_text = world.inputs.get(real.element, {}).get("type") in TEXT_INPUTS
    return not (forgery == "a hidden choice" and is_text)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_cannot_happen_is_refused_everywhere(task: dict[str, Any], forgery: str) -> None:
    world = World.of(task)
    state = initial(world)
    for act in world.task["recorded"]["solution"]:
        real = event_of(world, state, act)
        forged = FORGERIES[forgery](real)
        if not _concerns(world, real, forgery):
            state = step(world, state, real)
            continue
        before = state
        with pytest.raises(Impossible):
            step(world, state, forged)
        assert state == before
        state = step(world, state, real)


def test_nothing_happens_after_the_end(task: dict[str, Any]) -> None:
    world = World.of(task)
    state = walk(world, world.task["recorded"]["solution"])
    assert state.ended
    with pytest.raises(Impossible):
        step(world, state, Event(len(state.log), 10**6, state.screen, "finish"))


def test_swapped_neighbours_of_a_solution_are_refused(task: dict[str, Any]) -> None:
    world = World.of(task)
    state = walk(world, world.task["recorded"]["solution"])
    events = [Event(e.n, e.t, e.screen, e.action, e.element, e.value) for e in state.log]
    for index in range(len(events) - 1):
        current = initial(world)
        for event in events[:index]:
            current = step(world, current, event)
        with pytest.raises(Impossible):
            step(world, current, events[index + 1])
