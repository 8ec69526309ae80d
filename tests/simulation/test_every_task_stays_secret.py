"""Every simulated task: nothing that a browser gets depends on criteria, points, codes, feedback or recorded ways.

Each task has a twin with the same world and no judgement. World, state, screens and replies must be the same for both,
on every recorded way, with and without script.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from assessments.items.api import Applied, ItemVersion, frame_context, load_items
from assessments.items.audit.leaks import task_twin
from assessments.items.simulation.compile_public import compile_public
from assessments.items.simulation.load_tasks import TASKS as FOLDER
from assessments.items.simulation.machine import step
from assessments.items.simulation.play import Play
from assessments.items.simulation.public_state import public_state
from assessments.items.simulation.recorded import event_of
from assessments.items.simulation.state import initial
from tests.simulation import playing
from tests.simulation.conftest import TASKS
from tests.simulation.tracing import trace_of

SEED = 3
_FRESH = re.compile(
    r"(?<=csrfmiddlewaretoken\" value=\")\w+|(?<=nonce=\")[^\"]+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
)
_LONG_ENOUGH = 4


def _json(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _secrets(task: dict[str, Any]) -> set[str]:
    """What the judgement says in words, as far as no text of the world says the same."""
    private = task["private"]
    texts = {str(one[key]) for one in private["criteria"] for key in ("id", "label", "why") if key in one}
    texts |= {
        str(one[key])
        for one in private.get("critical", [])
        for key in ("id", "code", "label", "advice")
        if key in one
    }
    texts |= {text for block in private.get("hints", []) for text in block["texts"]}
    texts |= set(private.get("feedback", {}).values())
    world = _json({key: one for key, one in task.items() if key not in {"private", "recorded"}})
    return {text for text in texts if len(text) > _LONG_ENOUGH and text not in world}


@pytest.mark.parametrize("name", TASKS)
def test_no_screen_on_any_recorded_way_depends_on_the_judgement(name: str) -> None:
    task = TASKS[name]
    worlds = [compile_public(one, SEED) for one in (task, task_twin(task))]
    assert _json(worlds[0].public) == _json(worlds[1].public)
    recorded = worlds[0].world.task["recorded"]
    for way in [recorded["solution"], *(wrong["path"] for wrong in recorded["wrong"])]:
        states = [initial(one.world) for one in worlds]
        for act in way:
            # What was asked for as a hint may be read; the words of the two differ on purpose.
            plays = [Play(one, state) for one, state in zip(worlds, states, strict=True)]
            assert len({_json(public_state(play)) for play in plays}) == 1, act
            assert len({_json(frame_context(Applied(play))) for play in plays}) == 1, act
            if act == "hint":
                break
            event = event_of(worlds[0].world, states[0], act)
            states = [step(one.world, state, event) for one, state in zip(worlds, states, strict=True)]


@pytest.fixture
def bank(db: None) -> None:
    assert not load_items(sorted(FOLDER.glob("*.yaml"))).problems


def _delivered(client: Client, address: str) -> list[str]:
    """Page and data of a play that has begun."""
    return [_FRESH.sub("", client.get(path).content.decode()) for path in (address, address + "the-gioi/")]


def test_no_byte_delivered_for_any_task_tells_the_judgement(client: Client, bank: None) -> None:
    assert len(TASKS) > 40
    for number, task in enumerate(TASKS.values()):
        answer = client.post(
            "/danh-gia/viec/bat-dau/",
            {"viec": task["id"], "answer_uuid": f"0b0b0b0b-0000-4000-8000-{number:012d}"},
        )
        address = str(answer["Location"])
        version = ItemVersion.objects.get(item__code=task["id"])
        pages = _delivered(client, address)
        honest = playing.standing(client, address).compiled
        raws = trace_of(honest, honest.world.task["recorded"]["solution"])
        ItemVersion.objects.filter(pk=version.pk).update(
            content={**version.content, "simulation": task_twin(version.content["simulation"])}
        )
        assert _delivered(client, address) == pages, task["id"]
        ItemVersion.objects.filter(pk=version.pk).update(content=version.content)
        # All but the last act, so that the play is not over and nothing may be said yet.
        tag = json.loads(pages[1])["tag"]
        body = {"from": 0, "events": raws[:-1], "tag": tag, "ask": True}
        reply = client.post(f"{address}vet/", json.dumps(body), content_type="application/json")
        assert reply.status_code == 200, (task["id"], reply.content)
        pages += [reply.content.decode(), client.get(address).content.decode()]
        found = [secret for secret in _secrets(task) for page in pages if secret in page]
        assert found == [], task["id"]


def test_every_task_has_secrets_to_search_for() -> None:
    assert all(len(_secrets(task)) > 5 for task in TASKS.values())
