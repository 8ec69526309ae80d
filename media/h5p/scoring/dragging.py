"""DragQuestion: things that are dragged into zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import ResponseError
from .result import Detail, Score, flag, mapping, objects, unverified
from .snapshot import Snapshot, index_of, parts

Placements = list[tuple[int, int]]  # element, zone


def score_drag_question(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    task = mapping(mapping(params.get("question")).get("task"))
    elements, zones = objects(task.get("elements")), objects(task.get("dropZones"))
    readings = _readings(snapshot, elements, zones)
    scores = {_scored(params, placements, elements, zones) for placements in readings}
    if len(scores) != 1:
        return unverified("the response can be read in two ways; the state would tell")
    return scores.pop()


def is_draggable(element: Mapping[str, Any]) -> bool:
    return bool(_zones_of(element))


def _readings(
    snapshot: Snapshot, elements: list[dict[str, Any]], zones: list[dict[str, Any]]
) -> list[Placements]:
    """Some players count all elements in their response, others only the draggable ones: both are tried."""
    state = mapping(snapshot.state).get("answers")
    if isinstance(state, list):
        placements = _from_state(state, len(elements), len(zones))
        _check(placements, elements, zones)
        return [placements]
    draggable = [position for position, element in enumerate(elements) if is_draggable(element)]
    possible: list[Placements] = []
    problem: ResponseError | None = None
    for numbering in (list(range(len(elements))), draggable):
        try:
            placements = _from_response(snapshot.response, numbering, len(zones))
            _check(placements, elements, zones)
        except ResponseError as found:
            problem = found
        else:
            possible.append(placements)
    if not possible and problem is not None:
        raise problem
    return possible


def _from_state(state: list[Any], elements: int, zones: int) -> Placements:
    if len(state) > elements:
        raise ResponseError("impossible-response", "more elements than there are")
    placements: Placements = []
    for element, drops in enumerate(state):
        if drops is None:
            continue
        if not isinstance(drops, list) or len(drops) > zones:
            raise ResponseError("bad-response", "not a list of drops")
        placements += [(element, index_of(mapping(drop).get("dz"), zones)) for drop in drops]
    return placements


def _from_response(response: str | None, numbering: list[int], zones: int) -> Placements:
    placements: Placements = []
    for part in parts(response):
        zone, dot, element = part.partition("[.]")
        if not dot:
            raise ResponseError("bad-response", "not a pair of zone and element")
        placements.append((numbering[index_of(element, len(numbering))], index_of(zone, zones)))
    return placements


def _check(placements: Placements, elements: list[dict[str, Any]], zones: list[dict[str, Any]]) -> None:
    if len(set(placements)) != len(placements):
        raise ResponseError("impossible-response", "the same element twice in one zone")
    once = [element for element, _ in placements if elements[element].get("multiple") is not True]
    if len(set(once)) != len(once):
        raise ResponseError("impossible-response", "one element in two zones")
    full = [zone for _, zone in placements if zones[zone].get("single") is True]
    if len(set(full)) != len(full):
        raise ResponseError("impossible-response", "two elements in a zone for one")
    if any(zone not in _zones_of(elements[element]) for element, zone in placements):
        raise ResponseError("impossible-response", "an element where it cannot be dropped")


def _scored(
    params: Mapping[str, Any],
    placements: Placements,
    elements: list[dict[str, Any]],
    zones: list[dict[str, Any]],
) -> Score:
    right = {
        (element, zone) for zone, one in enumerate(zones) for element in _numbers(one.get("correctElements"))
    }
    behaviour = mapping(params.get("behaviour"))
    single_point = flag(behaviour.get("singlePoint"), True)
    maximum = _maximum(right, elements)
    details = tuple(
        Detail(f"{zone}[.]{element}", 1 if (element, zone) in right else -1, 1)
        for element, zone in placements
    )
    wrong = sum(detail.raw < 0 for detail in details)
    raw = len(details) - wrong
    if single_point or flag(behaviour.get("applyPenalties"), True):
        raw = max(0, raw - wrong)
    if not right:
        return Score(0 if placements else 1, 1, True, details)
    if single_point:
        return Score(float(raw == maximum), 1, True, details)
    return Score(raw, maximum, True, details)


def _maximum(right: Iterable[tuple[int, int]], elements: list[dict[str, Any]]) -> int:
    """A point for each element that has a place, and for each place of one that can be dropped many times."""
    places = [element for element, _ in right if element < len(elements)]
    many = sum(elements[element].get("multiple") is True for element in places)
    return many + len({element for element in places if elements[element].get("multiple") is not True})


def _zones_of(element: Mapping[str, Any]) -> list[int]:
    return _numbers(element.get("dropZones"))


def _numbers(value: object) -> list[int]:
    """The editor writes indexes as text or as numbers."""
    if not isinstance(value, list):
        return []
    texts = (str(one) for one in value if not isinstance(one, bool))
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 6]
