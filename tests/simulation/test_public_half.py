"""The browser's half plays the same world and tells nothing of the judgement."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest

from assessments.items.simulation.compile_public import compares_typed_text, compile_public
from assessments.items.simulation.grade import grade
from assessments.items.simulation.machine import Impossible, step
from assessments.items.simulation.recorded import event_of, walk
from assessments.items.simulation.state import initial
from assessments.items.simulation.world import World
from tests.simulation.conftest import variants


def _strings(node: Any) -> set[str]:
    if isinstance(node, str):
        return {node}
    if isinstance(node, list):
        return set().union(*map(_strings, node), set())
    if isinstance(node, dict):
        return set().union(*map(_strings, node.values()), set()) | set(node)
    return set()


def _hidden_texts(world: World) -> set[str]:
    private = world.judgement
    texts = {one[key] for one in private["criteria"] for key in ("id", "label", "why") if key in one}
    texts |= {one[key] for one in private.get("critical", []) for key in ("code", "label", "advice")}
    texts |= {text for block in private.get("hints", []) for text in block["texts"]}
    return texts | set(private.get("feedback", {}).values())


@pytest.mark.parametrize("seed", [0, 1, 7, 99])
def test_no_id_rule_hint_or_file_name_is_public(task: dict[str, Any], seed: int) -> None:
    compiled = compile_public(task, seed)
    public = _strings(compiled.public)
    world = compiled.world
    ids = set(world.screens) | set(world.inputs) | set(world.vars)
    ids |= {e["id"] for s in world.screens for e in world.elements(s) if "id" in e}
    assert not {name for name in ids if "_" in name} & public
    dumped = json.dumps(compiled.public, ensure_ascii=False)
    for text in _hidden_texts(world):
        if len(text) > 12:
            assert text not in dumped, text
    assert ".svg" not in dumped
    assert not re.search(r'"(private|recorded|criteria|critical|points|expect|note|sources|tags)"', dumped)


def test_typed_text_is_compared_on_the_server_only(task: dict[str, Any]) -> None:
    compiled = compile_public(task, 3)
    literals = set()
    for screen in compiled.world.screens:
        for element in compiled.world.elements(screen):
            for handler in element.get("then") or []:
                if compares_typed_text(compiled.world, handler.get("if")):
                    assert element["id"] not in json.dumps(compiled.public)
                    literals.add(element["id"])
    asks = [e for s in compiled.public["screens"] for e in s["elements"] if e.get("ask")]
    assert len(asks) == len(literals)
    assert all("then" not in element for element in asks)


def test_the_solution_plays_under_opaque_names(task: dict[str, Any]) -> None:
    for seed in range(max(2, len(variants(task)))):
        compiled = compile_public(task, seed)
        world, tokens = compiled.world, compiled.tokens
        state = initial(world)
        for act in world.task["recorded"]["solution"]:
            event = event_of(world, state, act)
            value = event.value
            if isinstance(value, list):
                value = [tokens.hide("option", key) for key in value]
            elif event.element and f"option:{value}" in tokens.of_name:
                value = tokens.hide("option", value)
            raw = {
                "n": event.n, "t": event.t, "s": tokens.hide("screen", event.screen), "a": event.action,
                "e": tokens.hide("element", event.element) if event.element else None, "v": value,
            }  # fmt: skip
            assert compiled.event(raw) == event
            with pytest.raises(Impossible):
                compile_public(task, seed + 1000).event(raw)
            state = step(world, state, compiled.event(raw))
        assert grade(world, state).mastered


def test_names_differ_between_sittings_and_are_stable_within_one(task: dict[str, Any]) -> None:
    one, again, other = (compile_public(task, seed) for seed in (5, 5, 6))
    assert one.public == again.public
    assert not set(one.tokens.of_token) & set(other.tokens.of_token)


def test_the_public_half_is_small(task: dict[str, Any]) -> None:
    assert len(gzip.compress(json.dumps(compile_public(task, 1).public).encode())) < 6_000


def test_every_recorded_path_is_possible_in_every_variant(task: dict[str, Any]) -> None:
    for number in variants(task):
        world = World.of(task, number)
        for wrong in world.task["recorded"]["wrong"]:
            assert walk(world, wrong["path"]).log
