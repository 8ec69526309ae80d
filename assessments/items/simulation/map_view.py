"""The map of a task: screens as boxes in columns by their distance from the start, ways as lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assessments.items.simulation.fault import Fault
from assessments.items.simulation.world import World

BOX, GAP = (190, 56), (70, 22)


@dataclass(frozen=True)
class Box:
    id: str
    title: str
    kind: str
    x: int
    y: int
    faulty: bool


@dataclass(frozen=True)
class Way:
    """A line from the right side of one box to the left side of another; ``back`` leads to an earlier column."""

    x1: int
    y1: int
    x2: int
    y2: int
    back: bool


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    boxes: list[Box]
    ways: list[Way]


def ways_from(world: World, screen: str) -> Iterator[str]:
    """Screens that one act on this screen may lead to."""
    own = world.screens[screen]
    parts: list[dict[str, Any]] = [{"then": own.get("on_enter") or []}, *world.elements(screen)]
    for part in [*parts, *(option for element in parts for option in element.get("options") or [])]:
        for handler in part.get("then") or []:
            if handler.get("go") in world.screens:
                yield handler["go"]


def _columns(world: World) -> dict[str, int]:
    depth, queue = {world.start: 0}, [world.start]
    while queue:
        screen = queue.pop(0)
        for target in ways_from(world, screen):
            if target not in depth:
                depth[target] = depth[screen] + 1
                queue.append(target)
    if world.home and world.home not in depth:
        depth[world.home] = 0
    last = max(depth.values()) + 1
    return {screen: depth.get(screen, last) for screen in world.screens}


def map_of(world: World, faults: Iterable[Fault] = ()) -> Map:
    faulty = {fault.where.split("/")[0] for fault in faults}
    rows: dict[int, int] = {}
    boxes: dict[str, Box] = {}
    columns = _columns(world)
    for screen_id, column in columns.items():
        row = rows.get(column, 0)
        rows[column] = row + 1
        screen = world.screens[screen_id]
        x, y = column * (BOX[0] + GAP[0]) + 10, row * (BOX[1] + GAP[1]) + 10
        boxes[screen_id] = Box(screen_id, screen["title"], screen["kind"], x, y, screen_id in faulty)
    ways = [
        _way(boxes[screen], boxes[target], columns[target] <= columns[screen])
        for screen in boxes
        for target in sorted(set(ways_from(world, screen)))
        if target != screen
    ]
    width = (max(columns.values()) + 1) * (BOX[0] + GAP[0])
    return Map(width, max(rows.values()) * (BOX[1] + GAP[1]) + 20, list(boxes.values()), ways)


def _way(start: Box, end: Box, back: bool) -> Way:
    middle = BOX[1] // 2
    return Way(start.x + BOX[0], start.y + middle, end.x, end.y + middle, back)
