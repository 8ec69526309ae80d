"""MultiChoice, TrueFalse and SingleChoiceSet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ResponseError
from .result import Detail, Score, flag, mapping, number, objects, unverified
from .snapshot import Snapshot, index_of, indexes


def is_single_choice(params: Mapping[str, Any]) -> bool:
    """Radio buttons or boxes; "auto" shows radio buttons when exactly one answer is right."""
    kind = mapping(params.get("behaviour")).get("type", "auto")
    if kind in ("single", "multi"):
        return bool(kind == "single")
    return sum(answer.get("correct") is True for answer in objects(params.get("answers"))) == 1


def score_multi_choice(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    answers = objects(params.get("answers"))
    picked = indexes(snapshot, mapping(snapshot.state).get("answers"), len(answers))
    if is_single_choice(params):
        return _score_single(answers, picked)
    details = tuple(_scored_option(index, answers[index]) for index in picked)
    right = [answer for answer in answers if answer.get("correct") is True]
    maximum = sum(_weight(answer) for answer in right) if right else 1
    raw = max(0, sum(detail.raw for detail in details))
    if not right:
        raw = 0 if picked else 1  # leaving all boxes empty is the right answer
    behaviour = mapping(params.get("behaviour"))
    if flag(behaviour.get("singlePoint"), True):
        passed = 100 * raw >= number(behaviour.get("passPercentage"), 100) * maximum
        return Score(1 if passed and maximum > 0 else 0, 1, True, details)
    return Score(raw, maximum, True, details)


def _score_single(answers: list[dict[str, Any]], picked: list[int]) -> Score:
    if len(picked) > 1:
        raise ResponseError("impossible-response", "two picks in a single choice")
    details = tuple(Detail(str(index), float(answers[index].get("correct") is True), 1) for index in picked)
    return Score(sum(detail.raw for detail in details), 1, True, details)


def _scored_option(index: int, answer: Mapping[str, Any]) -> Detail:
    weight = _weight(answer)
    is_right = answer.get("correct") is True
    return Detail(str(index), weight if is_right else -weight, weight if is_right else 0)


def _weight(answer: Mapping[str, Any]) -> float:
    return max(0, number(answer.get("weight"), 1))


def score_true_false(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    key = str(params.get("correct")).lower()
    if key not in ("true", "false"):
        return unverified("this question has no key")
    given = mapping(snapshot.state).get("answer", snapshot.response)
    if given is None or given == "":
        return Score(0, 1, True)
    answer = str(given).lower() if isinstance(given, bool | str) else ""
    if answer not in ("true", "false"):
        raise ResponseError("impossible-response", "neither true nor false")
    return Score(float(answer == key), 1, True, (Detail(answer, float(answer == key), 1),))


def score_single_choice_set(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    """From the final snapshot only: statements sent while playing carry the index as displayed, which is shuffled."""
    choices = [choice for choice in objects(params.get("choices")) if isinstance(choice.get("answers"), list)]
    given = mapping(snapshot.state).get("userResponses")
    responses: list[object]
    if isinstance(given, list):
        responses = given
    elif snapshot.children is not None:
        responses = [child.response for child in snapshot.children]
    elif snapshot.response:
        return unverified("no snapshot of the whole set")
    else:
        responses = [None] * len(choices)  # never reached
    if len(responses) > len(choices) or (not isinstance(given, list) and len(responses) != len(choices)):
        raise ResponseError("impossible-response", "not as many answers as questions")
    details = tuple(
        _scored_choice(*one) for one in zip(range(len(responses)), choices, responses, strict=False)
    )
    return Score(sum(detail.raw for detail in details), len(choices), True, details)


def _scored_choice(position: int, choice: Mapping[str, Any], response: object) -> Detail:
    if response is None or response in ("", -1):
        return Detail(str(position), 0, 1, "not answered")
    picked = index_of(response, len(choice["answers"]))
    right = choice.get("correct", 0)  # the first one, unless blinding has moved it
    return Detail(str(position), float(picked == right), 1)
