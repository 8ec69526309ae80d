"""Playing recorded paths through the site's pages, as a person without JavaScript does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from assessments.items.simulation.play import Play, resume
from assessments.items.simulation.recorded import event_of
from assessments.items.simulation.world import SWITCHES
from assessments.sittings.trace.task_log import TaskLog

UUID = "0b0b0b0b-0000-4000-8000-00000000000{}"


def begin(client: Client, code: str, number: int = 1) -> str:
    """Start a task from the list; the address of the play."""
    answer = client.post("/danh-gia/viec/bat-dau/", {"viec": code, "answer_uuid": UUID.format(number)})
    assert answer.status_code == 303, answer.content
    return str(answer["Location"])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def standing(client: Client, address: str) -> Play:
    """The play as the server knows it."""
    log_uuid = address.rstrip("/").split("/")[-1]
    kept = client.session.get("task_plays", {}).get(log_uuid)
    if kept is not None:
        from assessments.items.api import ItemVersion

        return resume(
            ItemVersion.objects.get(pk=kept["version"]).content["simulation"], kept["seed"], kept["events"]
        )
    log = TaskLog.objects.get(uuid=log_uuid)
    return resume(log.version.content["simulation"], log.seed, log.events)


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the screen's form."""
    form = html.split('<form class="body"')[1].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def filled_form(play: Play) -> dict[str, Any]:
    """What a browser would post for the inputs of this screen, unchanged."""
    tokens, fields = play.compiled.tokens, {}
    for element in play.world.elements(play.state.screen):
        if element.get("id") in play.world.inputs and element["id"] in play.state.values:
            value = play.state.values[element["id"]]
            name = tokens.hide("element", element["id"])
            if element["type"] in SWITCHES:
                if value:
                    fields[name] = "1"
            elif "options" in element:
                fields[name] = [
                    tokens.hide("option", one) for one in ([value] if isinstance(value, str) else value)
                ]
            else:
                fields[name] = value
    return fields


def act(client: Client, address: str, sets: dict[str, Any], tap: str | None) -> Any:
    """One post of the screen that is there now."""
    play = standing(client, address)
    tokens = play.compiled.tokens
    form = {**hidden(page(client, address)), **filled_form(play)}
    for name, value in sets.items():
        element = play.world.inputs[name]
        if "options" in element:
            keys = value if isinstance(value, list) else [value]
            form[tokens.hide("element", name)] = [tokens.hide("option", key) for key in keys]
        elif element["type"] in SWITCHES:
            form.pop(tokens.hide("element", name), None)
            form |= {tokens.hide("element", name): "1"} if value else {}
        else:
            form[tokens.hide("element", name)] = value
    if tap in {"back", "home", "hint", "finish"}:
        form["khung"] = tap
    elif tap is not None:
        name, _, key = tap.partition("=")
        token = tokens.hide("element", name)
        rest = tokens.of_name.get(f"option:{key}", key)
        form["tap"] = f"{token}.{rest}" if key else token
    return client.post(address, form)


def walk_path(
    client: Client, address: str, path: list[Any], look: Callable[[str], None] | None = None
) -> int:
    """Play a recorded path; the number of posts. ``look`` sees the page of every screen on the way."""
    sets: dict[str, Any] = {}
    posts = 0
    play = standing(client, address)
    for step in path:
        words = str(step["do"] if isinstance(step, dict) else step)
        verb, _, rest = words.partition(" ")
        if verb == "set":
            event = event_of(play.world, play.state, words)
            sets[str(event.element)] = event.value
            continue
        if look is not None:
            look(page(client, address))
        answer = act(client, address, sets, rest or verb)
        assert answer.status_code == 303, answer.content.decode()[:3000]
        sets, posts = {}, posts + 1
    return posts
