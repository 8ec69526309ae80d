"""Our own Branching: a story of scenes and choices. Points belong to choices; the way is walked again from the start.

``next`` of a choice is the number of a scene, counted from 1. A scene without choices is an ending. A story leads on:
one that can come back to a scene is not scored, since nobody could say what its best way is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ResponseError
from .result import Detail, Score, mapping, number, objects, unverified
from .snapshot import Snapshot, index_of, parts

Scene = dict[str, Any]


class BrokenStory(ValueError):
    """A way that leads nowhere or in a circle."""


def scenes_of(params: Mapping[str, Any]) -> list[Scene]:
    return objects(params.get("scenes"))


def score_story(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    scenes = scenes_of(params)
    try:
        maximum = best_way(scenes)
    except BrokenStory as problem:
        return unverified(str(problem))
    details = _walked(scenes, _path(snapshot))
    return Score(sum(detail.raw for detail in details), maximum, True, details)


def best_way(scenes: list[Scene]) -> float:
    """Points of the best way from the first scene to an ending. Raises ``BrokenStory``."""
    if not scenes:
        raise BrokenStory("this story has no scenes")
    best: dict[int, float] = {}
    opened: set[int] = set()
    stack = [0]
    while stack:
        position = stack[-1]
        following = [(_worth(choice), next_of(choice, scenes)) for choice in choices_of(scenes[position])]
        unknown = [scene for _, scene in following if scene not in best]
        if not unknown:
            best[position] = max((worth + best[scene] for worth, scene in following), default=0)
            stack.pop()
            continue
        if position in opened:
            raise BrokenStory("this story turns in a circle")
        opened.add(position)
        stack.extend(unknown)
    return best[0]


def choices_of(scene: Scene) -> list[Scene]:
    return objects(scene.get("choices"))


def next_of(choice: Scene, scenes: list[Scene]) -> int:
    """Position of the scene that follows. Raises ``BrokenStory``."""
    given = number(choice.get("next"), 0)
    if given != int(given) or not 1 <= given <= len(scenes):
        raise BrokenStory("a choice leads to a scene that is not there")
    return int(given) - 1


def _worth(choice: Scene) -> float:
    return max(0, number(choice.get("points"), 0))


def _path(snapshot: Snapshot) -> list[object]:
    path = mapping(snapshot.state).get("path")
    return list(path) if isinstance(path, list) else [*parts(snapshot.response)]


def _walked(scenes: list[Scene], path: list[object]) -> tuple[Detail, ...]:
    position, details = 0, []
    for given in path:
        choices = choices_of(scenes[position])
        if not choices:
            raise ResponseError("impossible-response", "a choice after the end of the story")
        chosen = choices[index_of(given, len(choices))]
        details.append(Detail(str(position + 1), _worth(chosen), max(_worth(one) for one in choices)))
        position = next_of(chosen, scenes)
    return tuple(details)
