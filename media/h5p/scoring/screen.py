"""Our own Screen: places of a drawn screen to touch; right ones less wrong ones, never below nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ResponseError
from .result import Detail, Score, flag, mapping, objects, unverified
from .snapshot import Snapshot, indexes


def is_place(part: Mapping[str, Any]) -> bool:
    """Parts are places to touch unless the author says that they only stand there."""
    return flag(part.get("touch"), True)


def right_places(params: Mapping[str, Any]) -> set[int]:
    found = objects(params.get("parts"))
    return {index for index, part in enumerate(found) if is_place(part) and part.get("correct") is True}


def score_screen(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    found, right = objects(params.get("parts")), right_places(params)
    if not right:
        return unverified("this screen has no right place")
    touched = indexes(snapshot, mapping(snapshot.state).get("touched"), len(found))
    if any(not is_place(found[index]) for index in touched):
        raise ResponseError("impossible-response", "a part that is no place to touch")
    if len(right) == 1 and len(touched) > 1:
        raise ResponseError("impossible-response", "two places where one is asked for")
    details = tuple(
        Detail(str(index + 1), 1 if index in right else -1, float(index in right)) for index in touched
    )
    return Score(max(0, sum(detail.raw for detail in details)), len(right), True, details)
