"""The browser's machine and the server's go through the same states, on recorded paths and on random walks."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assessments.items.simulation.compile_public import compile_public
from assessments.items.simulation.lint_evidence import _blind_event
from assessments.items.simulation.machine import Event, Impossible, step
from assessments.items.simulation.play import Play
from assessments.items.simulation.public_state import public_state
from assessments.items.simulation.recorded import event_of
from assessments.items.simulation.state import State, initial
from tests.simulation.conftest import TASKS
from tests.simulation.tracing import _named

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "lms" / "theme" / "static" / "theme" / "js" / "simulation"
COMPARED = ("n", "screen", "history", "seen", "values", "vars", "ended", "refused")


def _followed(task: dict[str, Any], seed: int, next_event: Any, most: int) -> dict[str, Any]:
    """A play with the server's state after each event; None where the event was impossible."""
    compiled = compile_public(task, seed)
    state, events, states = initial(compiled.world), [], []
    start = public_state(Play(compiled, state))
    for place in range(most):
        event: Event | None = next_event(compiled.world, state, place)
        if event is None or state.ended:
            break
        try:
            state = step(compiled.world, state, event)
            states.append(public_state(Play(compiled, state)))
        except Impossible:
            states.append(None)
        named = _named(compiled, event.element, event.value)
        element = compiled.tokens.hide("element", event.element) if event.element else None
        screen = compiled.tokens.hide("screen", event.screen)
        events.append({"n": event.n, "t": event.t, "s": screen, "e": element, "a": event.action, "v": named})
    return {"world": compiled.public, "state": start, "events": events, "states": states}


def _recorded(path: list[Any]) -> Any:
    def next_event(world: Any, state: State, place: int) -> Event | None:
        return event_of(world, state, path[place]) if place < len(path) else None

    return next_event


def _random(seed: int) -> Any:
    chance = random.Random(seed)
    return lambda world, state, place: _blind_event(world, state, chance)


@pytest.mark.parametrize("name", TASKS)
def test_both_machines_go_through_the_same_states(name: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node, "node is needed: make setup uses it for the player files"
    seed = 6
    recorded = compile_public(TASKS[name], seed).world.task["recorded"]
    paths = [recorded["solution"], *(wrong["path"] for wrong in recorded["wrong"])]
    plays = [_followed(TASKS[name], seed, _recorded(path), 60) for path in paths]
    plays += [_followed(TASKS[name], seed, _random(number), 60) for number in range(40)]
    data = tmp_path / "plays.json"
    data.write_text(json.dumps(plays))
    done = subprocess.run(
        [node, str(Path(__file__).with_name("follow.mjs")), str(SCRIPTS), str(data)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    compared = 0
    for play, followed in zip(plays, json.loads(done.stdout), strict=True):
        for place, (server, browser) in enumerate(zip(play["states"], followed, strict=True)):
            if browser == "asked":
                continue
            where = (name, place, play["events"][place])
            assert (server is None) == (browser is None), where
            if server is not None:
                compared += 1
                assert {key: browser[key] for key in COMPARED} == {key: server[key] for key in COMPARED}, (
                    where
                )
    assert compared > 100
