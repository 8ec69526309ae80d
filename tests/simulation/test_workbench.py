"""The editor's workbench of a task: map, faults, YAML out and in, a play kept as the solution or as a wrong way."""

from __future__ import annotations

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from assessments.items.api import Item, load_items
from assessments.items.simulation.load_tasks import TASKS
from assessments.items.simulation.map_view import map_of
from assessments.items.simulation.recorded import path_of, walk
from assessments.items.simulation.world import World
from lms.accounts.api import Person
from tests.simulation import playing
from tests.simulation.conftest import TASKS as FILES

CODE = "VID-1-ST-201"


@pytest.fixture
def editor(db: None) -> Client:
    load_items([path for path in TASKS.glob("*.yaml") if path.name[0] == "1"])
    person = Person.objects.create_superuser("bien-tap", full_name="Lê Thị Biên", is_demo=True)
    client = Client()
    client.force_login(person)
    return client


def _item() -> Item:
    return Item.objects.get(code=CODE)


def _workbench() -> str:
    return reverse("items_task", args=[_item().pk])


@pytest.mark.parametrize("name", FILES)
def test_the_map_has_every_screen_and_only_known_ways(name: str) -> None:
    world = World.of(FILES[name])
    drawn = map_of(world)
    assert {box.id for box in drawn.boxes} == set(world.screens)
    assert len({(box.x, box.y) for box in drawn.boxes}) == len(drawn.boxes)
    assert all(0 < box.x < drawn.width and 0 < box.y < drawn.height for box in drawn.boxes)
    assert len(drawn.ways) >= len(drawn.boxes) - 1


@pytest.mark.parametrize("name", FILES)
def test_a_log_written_down_as_a_path_walks_to_the_same_state(name: str) -> None:
    world = World.of(FILES[name])
    state = walk(world, world.task["recorded"]["solution"])
    assert walk(world, list(path_of(state))) == state


def test_visitors_do_not_see_the_workbench(editor: Client) -> None:
    assert Client().get(_workbench()).status_code == 302


def test_the_workbench_shows_map_and_file(editor: Client) -> None:
    html = editor.get(_workbench()).content.decode()
    assert html.count("<rect") >= 14
    assert "Không có gì phải sửa." in html
    text = editor.get(_workbench() + "tep/").content.decode()
    assert yaml.safe_load(text)["id"] == CODE


def test_a_changed_file_becomes_a_version_and_a_faulty_one_does_not(editor: Client) -> None:
    task = yaml.safe_load(editor.get(_workbench() + "tep/").content.decode())
    task["screens"][3]["title"] = "Kho ứng dụng"
    assert editor.post(_workbench(), {"yaml": yaml.safe_dump(task, allow_unicode=True)}).status_code == 302
    current = _item().current
    assert current is not None
    assert current.number == 2
    task["screens"][3]["elements"][1]["then"][0]["go"] = "khong_co"
    refused = editor.post(_workbench(), {"yaml": yaml.safe_dump(task, allow_unicode=True)})
    assert refused.status_code == 400
    assert "khong_co" in refused.content.decode()
    assert _item().current == current


@pytest.mark.parametrize(
    "text",
    ["", "{", "- a", "a: &x [*x]", "a: &x {b: 1}\nid: *x", "id: x", "!!python/object:os.system {}", "\x00"],
)
def test_what_is_no_task_is_refused_in_words(editor: Client, text: str) -> None:
    assert editor.post(_workbench(), {"yaml": text}).status_code == 400


def test_a_play_is_kept_as_a_wrong_way(editor: Client) -> None:
    address = playing.begin(editor, CODE)
    playing.act(editor, address, {}, "bt_cua_hang")
    playing.act(editor, address, {}, "finish")
    assert editor.post(address + "ghi-lai/", {"loai": "sai", "ten": "Chỉ mở cửa hàng"}).status_code == 303
    current = _item().current
    assert current is not None
    kept = current.content["simulation"]["recorded"]["wrong"][-1]
    assert kept["path"] == ["tap bt_cua_hang", "finish"]
    assert (kept["name"], kept["points"], kept["critical"]) == ("Chỉ mở cửa hàng", 0.0, [])
