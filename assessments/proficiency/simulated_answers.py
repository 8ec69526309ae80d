"""A right and a not-right answer to an item, graded by the item's own kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assessments.items.api import Answer, ItemVersion, Verdict, grade

Content = dict[str, Any]


@dataclass(frozen=True)
class Graded:
    answer: Answer
    verdict: Verdict


@dataclass(frozen=True)
class Answers:
    """Both answers of one item version."""

    right: Graded
    wrong: Graded


def answers_to(version: ItemVersion) -> Answers:
    make = _KINDS[version.content["kind"]]
    return Answers(
        _graded(version, make(version.content, True)), _graded(version, make(version.content, False))
    )


def _graded(version: ItemVersion, answer: Answer) -> Graded:
    return Graded(answer, grade(version, answer))


def _choice(content: Content, right: bool) -> Answer:
    return {"option": next(one["id"] for one in content["options"] if bool(one.get("correct")) is right)}


def _multiple_choice(content: Content, right: bool) -> Answer:
    """Not right: the wrong options first, filled up to the number that must be chosen."""
    options = sorted(content["options"], key=lambda one: bool(one.get("correct")) is not right)
    return {"options": sorted(str(one["id"]) for one in options[: content["select"]])}


def _order(content: Content, right: bool) -> Answer:
    cards = [str(card["id"]) for card in sorted(content["cards"], key=lambda card: int(card["position"]))]
    return {"order": cards if right else cards[::-1]}


def _match(content: Content, right: bool) -> Answer:
    ids = [str(pair["id"]) for pair in content["pairs"]]
    return {"pairs": dict(zip(ids, ids if right else ids[1:] + ids[:1], strict=True))}


def _fill_in(content: Content, right: bool) -> Answer:
    return {
        "blanks": {
            str(one["id"]): str(one["accept"][0]) if right else "không rõ" for one in content["blanks"]
        }
    }


_KINDS: dict[str, Callable[[Content, bool], Answer]] = {
    "choice": _choice,
    "true_false": _choice,
    "multiple_choice": _multiple_choice,
    "order": _order,
    "match": _match,
    "fill_in": _fill_in,
}
# Simulated people sit items of these kinds only; traces of tasks are not invented.
KNOWN_KINDS = frozenset(_KINDS)
