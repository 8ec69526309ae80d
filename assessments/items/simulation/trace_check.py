"""A trace of the browser against the machine: what was possible is kept, the rest is dropped and counted. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from assessments.items.simulation.machine import Event, Impossible, step
from assessments.items.simulation.play import Play, Row
from assessments.items.simulation.state import Entry
from assessments.items.simulation.stepped import masked_value

_KEYS = {"n", "t", "s", "e", "a", "v"}
_SLACK_MS = 5_000
_LATEST_T = 2**53
# A machine that tries an address again and again is not a person who mistyped.
_MANY_REFUSALS = 8


@dataclass(frozen=True)
class Accepted:
    """``conflict`` means 409: the browser must go on from ``play``."""

    play: Play
    dropped: int = 0
    conflict: bool = False
    clipped: bool = False


def accept(play: Play, first: int, raws: list[Any], elapsed_ms: int, *, hints: bool) -> Accepted:
    """Events from number ``first`` on; those already known must be the same and change nothing."""
    if first > len(play.state.log):
        return Accepted(play, conflict=True)
    clipped = False
    for place, raw in enumerate(raws):
        try:
            event = _event(play, raw, first + place)
            if event.n < len(play.state.log):
                if not _same(play.state.log[event.n], event):
                    return Accepted(play, len(raws) - place, True, clipped)
                continue
            if event.action == "hint" and not hints:
                raise Impossible("no hints here")
            in_time = _in_time(play, event, elapsed_ms)
            clipped |= in_time.t != event.t
            play = replace(play, state=step(play.world, play.state, in_time))
        except Impossible:
            return Accepted(play, len(raws) - place, True, clipped)
    return Accepted(play, clipped=clipped)


def _event(play: Play, raw: Any, n: int) -> Event:
    """An event with authored names; anything else than exactly six well-formed fields is impossible."""
    if not isinstance(raw, dict) or set(raw) != _KEYS:
        raise Impossible("not an event")
    if not (_is_number(raw["n"]) and raw["n"] == n and _is_number(raw["t"])):
        raise Impossible("not in sequence")
    if not isinstance(raw["a"], str) or not isinstance(raw["s"], str) or not _is_value(raw["v"]):
        raise Impossible("not an event")
    event = play.compiled.event(raw)
    return replace(event, value=masked_value(play, event.element, event.value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LATEST_T


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= 20 and all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, (str, bool)) or _is_number(value)


def _same(entry: Entry, event: Event) -> bool:
    """The same act; times may differ, because claimed times are clipped."""
    known = (entry.screen, entry.action, entry.element, entry.value)
    given = (event.screen, event.action, event.element, event.value)
    return known == given and type(entry.value) is type(event.value)


def _in_time(play: Play, event: Event, elapsed_ms: int) -> Event:
    """Claimed times never run backwards and never past our own clock."""
    last = play.state.log[-1].t if play.state.log else 0
    return replace(event, t=max(last, min(event.t, elapsed_ms + _SLACK_MS)))


def digest(rows: list[Row]) -> str:
    """Both sides can tell that they speak of the same log."""
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:16]


def many_refusals(play: Play) -> bool:
    refused = Counter(entry.element for entry in play.state.log if not entry.ok)
    return any(count > _MANY_REFUSALS for count in refused.values())
