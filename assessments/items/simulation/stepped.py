"""A posted form of one screen as events: a ``set`` for each input that changed, in order, then the tap. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from assessments.items.simulation.guards import enabled
from assessments.items.simulation.machine import Event, Impossible, step
from assessments.items.simulation.masking import masked
from assessments.items.simulation.play import Play
from assessments.items.simulation.state import State
from assessments.items.simulation.world import INPUTS, ONE_OF, OPTION_TAPS, SWITCHES, TEXT_INPUTS, Element

MARKER = "co."  # tells an unticked box from one that was not on the page
_FRAME = {"back", "home", "hint", "finish"}
_ABSENT = object()


class Posted(Protocol):
    """What is needed of a posted form."""

    def get(self, key: str, default: str) -> str: ...

    def getlist(self, key: str) -> list[str]: ...

    def __contains__(self, key: object) -> bool: ...


@dataclass(frozen=True)
class Applied:
    """The state after a form; ``problems`` and ``draft`` by authored id when a field was not accepted."""

    play: Play
    stale: bool = False
    impossible: int = 0
    problems: Mapping[str, str] = field(default_factory=dict)
    draft: Mapping[str, Any] = field(default_factory=dict)


def apply_form(play: Play, post: Posted, t: int) -> Applied:
    """Stale forms (double click, back button of the browser) change nothing."""
    here = play.compiled.tokens.hide("screen", play.state.screen)
    if post.get("n", "") != str(len(play.state.log)) or post.get("s", "") != here or play.state.ended:
        return Applied(play, stale=True)
    frame = post.get("khung", "")
    if frame in _FRAME:
        return _stepped(play, frame, None, None, t)
    state, problems, draft = _set_all(play, post, t)
    after = replace(play, state=state)
    if problems:
        return Applied(after, problems=problems, draft=draft)
    if state.screen != play.state.screen or state.ended or not post.get("tap", ""):
        return Applied(after)
    return _tapped(after, post.get("tap", ""), t)


def _set_all(play: Play, post: Posted, t: int) -> tuple[State, dict[str, str], dict[str, Any]]:
    state, problems, draft = play.state, {}, {}
    for element in play.world.elements(play.state.screen):
        if element["type"] not in INPUTS or not enabled(play.world, state, element):
            continue
        value = _posted_value(play, element, post)
        if value is _ABSENT or _same(state.values.get(element["id"]), value, element):
            continue
        try:
            moved = _step(play, state, "set", element["id"], value, t)
        except Impossible:
            problems[element["id"]] = problem_of(element)
            draft[element["id"]] = value
            continue
        state = moved
        if state.screen != play.state.screen or state.ended:
            break
    return state, problems, draft


def problem_of(element: Element) -> str:
    """The code of the sentence that says what this field takes."""
    if "length" in element:
        return "code"
    if element["type"] in TEXT_INPUTS:
        wanted = element.get("input", "text")
        return wanted if wanted in {"digits", "phone", "amount", "date"} else "text"
    return "number" if element["type"] == "stepper" else "choice"


def _same(old: Any, new: Any, element: Element) -> bool:
    if element["type"] in SWITCHES:
        return bool(old) == new
    return (old or None) == (new or None) if element["type"] != "stepper" else old == new


def _posted_value(play: Play, element: Element, post: Posted) -> Any:
    token = play.compiled.tokens.hide("element", element["id"])
    kind = element["type"]
    if kind in SWITCHES:
        return token in post if MARKER + token in post else _ABSENT
    if kind == "checks":
        return _keys(play, post.getlist(token)) if MARKER + token in post else _ABSENT
    if token not in post:
        return _ABSENT
    text = unicodedata.normalize("NFC", post.get(token, "").replace("\r\n", "\n"))
    if kind in ONE_OF:
        return play.compiled.tokens.reveal("option", text) or (text if text else _ABSENT)
    if kind == "stepper":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    return text.strip()


def _keys(play: Play, tokens: list[str]) -> list[str]:
    return [play.compiled.tokens.reveal("option", one) or "" for one in tokens[:20]]


def _tapped(play: Play, tap: str, t: int) -> Applied:
    token, _, rest = tap.partition(".")
    name = play.compiled.tokens.reveal("element", token)
    element = next((e for e in play.world.elements(play.state.screen) if e.get("id") == name), None)
    if element is None:
        return Applied(play, impossible=1)
    value: Any = None
    if element["type"] in OPTION_TAPS:
        value = play.compiled.tokens.reveal("option", rest)
    elif element["type"] == "rows":
        value = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 4 else None
    return _stepped(play, "tap", element["id"], value, t)


def _stepped(play: Play, action: str, element: str | None, value: Any, t: int) -> Applied:
    try:
        return Applied(replace(play, state=_step(play, play.state, action, element, value, t)))
    except Impossible:
        return Applied(play, impossible=1)


def _step(play: Play, state: State, action: str, element: str | None, value: Any, t: int) -> State:
    last = state.log[-1].t if state.log else 0
    if isinstance(value, str) and element in play.world.inputs:
        value = masked_value(play, element, value)
    return step(play.world, state, Event(len(state.log), max(t, last), state.screen, action, element, value))


def masked_value(play: Play, name: str | None, value: Any) -> Any:
    """The value as it may be stored."""
    element = play.world.inputs.get(name or "")
    if element is None or not isinstance(value, str) or element["type"] not in TEXT_INPUTS:
        return value
    return masked(play.world, element, value)
