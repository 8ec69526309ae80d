"""Our own Sequence: steps to put in order, a point for each step in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ResponseError
from .result import Detail, Score, mapping, unverified
from .snapshot import Snapshot, indexes


def right_order(params: Mapping[str, Any]) -> list[int]:
    """Of the items as they stand in the parameters; the author's order, unless blinding has mixed them."""
    items = params.get("items")
    order = params.get("order")
    count = len(items) if isinstance(items, list) else 0
    return order if isinstance(order, list) and len(order) == count else list(range(count))


def score_sequence(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    right = right_order(params)
    if not right:
        return unverified("this sequence has no steps")
    given = indexes(snapshot, mapping(snapshot.state).get("order"), len(right))
    if given and len(given) != len(right):
        raise ResponseError("impossible-response", f"{len(given)} steps of {len(right)}")
    details = tuple(
        Detail(str(place), float(index == wanted), 1)
        for place, (index, wanted) in enumerate(zip(given, right, strict=False))
    )
    return Score(sum(detail.raw for detail in details), len(right), True, details)
