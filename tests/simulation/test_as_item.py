"""Starter tasks are items of the bank: loaded once, graded from their log, never answered from a plain form."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from assessments.items.api import BadAnswer, Item, ItemVersion, grade, load_items, present, read_answer
from assessments.items.simulation.load_tasks import TASKS
from assessments.items.simulation.play import row_of
from assessments.items.simulation.recorded import walk
from assessments.items.simulation.world import World, with_variant
from tests.simulation.conftest import TASKS as FILES


@pytest.fixture
def loaded(db: None) -> list[Item]:
    report = load_items(sorted(TASKS.glob("*.yaml")))
    assert report.problems == []
    return list(Item.objects.filter(kind="simulated_task"))


def _answer(version: ItemVersion, path: list[object], seed: int) -> dict[str, object]:
    world = World.of(with_variant({**version.content["simulation"], "path": path}, seed))
    return {"seed": seed, "events": [row_of(entry) for entry in walk(world, world.task["path"]).log]}


def test_every_file_is_an_item_and_loads_once(loaded: list[Item]) -> None:
    assert {item.code for item in loaded} == {task["id"] for task in FILES.values()}
    again = load_items(sorted(TASKS.glob("*.yaml")))
    assert (again.created, again.changed, again.unchanged) == (0, 0, len(FILES))


def test_only_sure_sources_make_a_task_live(loaded: list[Item]) -> None:
    states = {item.code: item.state for item in loaded}
    assert states["QR-3-ST-401"] == "live"
    assert states["VID-6-ST-401"] == "review"


def test_the_log_is_the_answer(loaded: list[Item]) -> None:
    for item in loaded:
        version = ItemVersion.objects.get(item=item)
        task = version.content["simulation"]
        full = grade(version, _answer(version, task["recorded"]["solution"], 3))
        assert (full.points, full.correct, full.critical) == (1.0, True, ())
        wrong = grade(version, _answer(version, task["recorded"]["wrong"][0]["path"], 3))
        assert not wrong.correct
        assert wrong.points < 1


def test_a_log_of_another_task_earns_nothing(loaded: list[Item]) -> None:
    first, second = (ItemVersion.objects.get(item=item) for item in loaded[:2])
    foreign = _answer(first, first.content["simulation"]["recorded"]["solution"], 3)
    assert grade(second, foreign).points == 0


def test_review_tells_steps_and_advice_and_the_open_item_tells_neither(loaded: list[Item]) -> None:
    version = ItemVersion.objects.get(item__code="QR-3-ST-401")
    private = version.content["simulation"]["private"]
    open_page = str(present(version, 5).context)
    answer = _answer(version, version.content["simulation"]["recorded"]["wrong"][0]["path"], 5)
    seen = present(version, 5, answer, grade(version, answer)).context
    assert private["critical"][0]["advice"] in str(seen["critical"])
    assert [step["share"] for step in seen["steps"]].count("right") == 1
    for criterion in private["criteria"]:
        assert criterion["label"] not in open_page


def test_a_plain_form_is_no_answer(loaded: list[Item]) -> None:
    version = ItemVersion.objects.get(item=loaded[0])
    with pytest.raises(BadAnswer):
        read_answer(version, 1, QueryDict("tra_loi=1&points=10"))
