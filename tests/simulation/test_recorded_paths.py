"""Every recorded path of every starter task gets exactly the points and critical errors that its author stated."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.items.simulation.grade import CRITICAL_CODES, grade
from assessments.items.simulation.recorded import walk
from assessments.items.simulation.world import World
from tests.simulation.conftest import variants


def test_the_solution_and_other_good_ways_earn_everything(task: dict[str, Any]) -> None:
    for number in variants(task):
        world = World.of(task, number)
        recorded = world.task["recorded"]
        for path in [recorded["solution"], *recorded.get("also_full", [])]:
            result = grade(world, walk(world, path))
            assert (result.points, result.critical) == (result.maximum, ())
            assert result.mastered


def test_wrong_ways_lose_what_their_author_said(task: dict[str, Any]) -> None:
    for number in variants(task):
        world = World.of(task, number)
        assert len(world.task["recorded"]["wrong"]) >= 2
        for wrong in world.task["recorded"]["wrong"]:
            result = grade(world, walk(world, wrong["path"]))
            stated = (Decimal(str(wrong["points"])).quantize(Decimal("0.01")), wrong["critical"])
            assert (result.points, [error.id for error in result.critical]) == stated, wrong["name"]


def test_doing_nothing_earns_nothing(task: dict[str, Any]) -> None:
    world = World.of(task)
    for path in ([], ["finish"]):
        assert grade(world, walk(world, path)).points == 0


def test_every_criterion_is_lost_and_every_critical_error_fired_by_some_wrong_way(
    task: dict[str, Any],
) -> None:
    world = World.of(task)
    lost: set[str] = set()
    fired: set[str] = set()
    for wrong in world.task["recorded"]["wrong"]:
        result = grade(world, walk(world, wrong["path"]))
        lost |= {step.id for step in result.steps if step.share < Fraction(1)}
        fired |= {error.id for error in result.critical}
    assert lost == {criterion["id"] for criterion in world.judgement["criteria"]}
    assert fired == {error["id"] for error in world.judgement.get("critical", [])}
    assert all(error["code"] in CRITICAL_CODES for error in world.judgement.get("critical", []))
