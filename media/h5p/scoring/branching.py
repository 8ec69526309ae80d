"""BranchingScenario: the way through the scenario is walked again from the alternatives that were chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..errors import ResponseError
from .children import WITHOUT_SCORE, Child, as_child
from .compound import ScoreChild, total
from .result import Detail, Score, mapping, number, objects, unverified
from .snapshot import Snapshot, index_of

_QUESTION = "H5P.BranchingQuestion"
_MOST_STEPS = 2_000
_MOST_WALKED = 200_000

Node = dict[str, Any]
Step = tuple[int, Node]  # index of the content, and the content or the alternative that was chosen


def score_branching(params: Mapping[str, Any], snapshot: Snapshot, score_child: ScoreChild) -> Score:
    scenario = mapping(params.get("branchingScenario"))
    nodes = objects(scenario.get("content"))
    if snapshot.children is None or not nodes:
        return unverified("no snapshot of the way through the scenario")
    option = mapping(scenario.get("scoringOptionGroup")).get("scoringOption") or scenario.get("scoringOption")
    steps, visited = _walk(nodes, snapshot.children)
    if option == "static-end-score":
        return _score_ending(scenario, nodes, steps)
    if option == "dynamic-score":
        return _score_way(nodes, steps)
    return total(visited, score_child)


def alternatives(node: Node) -> list[Node] | None:
    """Those of a branching question; None for any other content."""
    if as_child(node.get("type")).library != _QUESTION:
        return None
    question = mapping(mapping(mapping(node.get("type")).get("params")).get("branchingQuestion"))
    return objects(question.get("alternatives"))


def _walk(nodes: list[Node], given: tuple[Snapshot, ...]) -> tuple[list[Step], list[tuple[Child, Snapshot]]]:
    """Follows the choices; every answer must belong to the next content that can have one."""
    answers = iter(given)
    steps: list[Step] = []
    visited: list[tuple[Child, Snapshot]] = []
    position = 0
    choices = [alternatives(node) for node in nodes]
    while 0 <= position < len(nodes):
        if len(steps) >= _MOST_STEPS:
            raise ResponseError("impossible-response", "a way without end")
        step = _step(nodes[position], choices[position], answers, visited)
        if step is None:
            return steps, visited
        steps.append((position, step))
        position = _next(step)
    if next(answers, None) is not None:
        raise ResponseError("impossible-response", "answers after the end of the way")
    return steps, visited


def _step(
    node: Node, choices: list[Node] | None, answers: Iterator[Snapshot], visited: list[tuple[Child, Snapshot]]
) -> Node | None:
    """The content itself or the chosen alternative; None where the person stopped."""
    child = as_child(node.get("type"))
    if choices is None and child.library in WITHOUT_SCORE:
        return node
    answer = next(answers, None)
    if answer is None:
        return None
    if child.sub_content and answer.sub_content and child.sub_content != answer.sub_content:
        raise ResponseError("impossible-response", "an answer to a content that is not on the way")
    if choices is None:
        visited.append((child, answer))
        return node
    return choices[index_of(answer.response, len(choices))]


def _next(step: Node) -> int:
    return int(number(step.get("nextContentId"), -1))


def _end_score(step: Node) -> float | None:
    value = mapping(step.get("feedback")).get("endScreenScore")
    return None if value is None else number(value, 0)


def _score_ending(scenario: Mapping[str, Any], nodes: list[Node], steps: list[Step]) -> Score:
    screens = objects(scenario.get("endScreens"))
    default = number(screens[0].get("endScreenScore"), 0) if screens else 0

    def worth(step: Node) -> float:
        found = _end_score(step)
        return default if found is None else found

    every = [step for node in nodes for step in (alternatives(node) or [node])]
    maximum = max([worth(step) for step in every if _next(step) < 0], default=0)
    ended = bool(steps) and _next(steps[-1][1]) < 0
    raw = worth(steps[-1][1]) if ended else 0
    return Score(min(raw, maximum), maximum, True, _details(steps, lambda step: 0))


def _score_way(nodes: list[Node], steps: list[Step]) -> Score:
    """Going back to a content forgets what was chosen after it, as the player does."""
    kept: dict[int, Node] = {}
    for position, step in steps:
        if position in kept:
            before = list(kept)
            kept = {one: kept[one] for one in before[: before.index(position)]}
        kept[position] = step
    maximum = _best_way(nodes)
    if maximum is None:
        return unverified("too many ways through the scenario to know the best")
    raw = sum(_worth_of_step(step) for step in kept.values())
    return Score(max(0, min(raw, maximum)), maximum, True, _details(steps, _worth_of_step))


def _worth_of_step(step: Node) -> float:
    return (_end_score(step) or 0) if _next(step) > 0 else 0  # the player counts no score into or at an end


def _best_way(nodes: list[Node]) -> float | None:
    """None when there are more ways than can be walked."""
    ways = [alternatives(node) or [node] for node in nodes]
    best, walked = 0.0, 0
    stack: list[tuple[int, frozenset[int], float]] = [(0, frozenset(), 0.0)]
    while stack:
        position, seen, worth = stack.pop()
        walked += len(ways[position]) + len(seen)
        if walked > _MOST_WALKED:
            return None
        for step in ways[position]:
            gained = worth + _worth_of_step(step)
            following = _next(step)
            if following < 0 or following >= len(nodes):
                best = max(best, gained)
            elif following not in seen and following != position:
                stack.append((following, seen | {position}, gained))
    return best


def _details(steps: list[Step], worth: Callable[[Node], float]) -> tuple[Detail, ...]:
    return tuple(Detail(str(position), worth(step), 0) for position, step in steps)
