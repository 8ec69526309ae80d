"""The machine: state and event give one next state, or the event is impossible. Pure, no clock, no chance."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from assessments.items.simulation import world as kinds
from assessments.items.simulation.effects import apply_effects
from assessments.items.simulation.guards import enabled, holds, shown
from assessments.items.simulation.state import HISTORY, Entry, State
from assessments.items.simulation.world import Element, World

MAX_EVENTS = 600
MAX_TEXT = 200
MAX_CHAIN = 8
_LETTERS = {
    "digits": set("0123456789 .-"),
    "phone": set("0123456789 .-+()"),
    "amount": set("0123456789 .,đ₫"),
    "date": set("0123456789/.- "),
}


class Impossible(Exception):
    """An event that cannot happen where it claims to have happened."""


@dataclass(frozen=True)
class Event:
    """``n`` number, ``t`` milliseconds, screen, element (None for the frame), action, value."""

    n: int
    t: int
    screen: str
    action: str
    element: str | None = None
    value: Any = None


def step(world: World, state: State, event: Event) -> State:
    """The state after ``event``. Raises Impossible and changes nothing when it could not have happened."""
    if state.ended:
        raise Impossible("the task has ended")
    if event.n != len(state.log) or event.n >= MAX_EVENTS:
        raise Impossible("not the next event")
    if state.log and event.t < state.log[-1].t:
        raise Impossible("time runs backwards")
    if event.screen != state.screen:
        raise Impossible("another screen")
    after, ok = _FRAME[event.action](world, state) if event.action in _FRAME else _act(world, state, event)
    went = after.screen if after.screen != state.screen else None
    entry = Entry(
        event.n,
        event.t,
        event.screen,
        event.action,
        event.element,
        event.value,
        ok,
        went,
        after.values,
        after.vars,
    )
    return replace(after, log=(*state.log, entry))


def _act(world: World, state: State, event: Event) -> tuple[State, bool]:
    element = next((e for e in world.elements(state.screen) if e.get("id") == event.element), None)
    if element is None or not enabled(world, state, element):
        raise Impossible("no such element here")
    if event.action == "tap":
        return _tap(world, state, element, event.value)
    if event.action == "set":
        return _set(world, state, element, event.value)
    raise Impossible("no such action")


def _option(world: World, state: State, element: Element, key: Any) -> dict[str, Any]:
    for option in element.get("options", []):
        if option["key"] == key and enabled(world, state, option):
            return dict(option)
    raise Impossible("no such choice")


def _tap(world: World, state: State, element: Element, value: Any) -> tuple[State, bool]:
    kind = element["type"]
    if kind in kinds.PLAIN_TAPS:
        if value is not None:
            raise Impossible("a tap has no value")
        return _handle(world, state, element.get("then"), None)
    if kind in kinds.OPTION_TAPS:
        return _handle(world, state, _option(world, state, element, value).get("then"), None)
    if kind == "rows" and "row_action" in element:
        count = len(state.vars[element["of"]])
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < count:
            raise Impossible("no such row")
        return _handle(world, state, element.get("then"), value)
    raise Impossible("cannot be tapped")


def _set(world: World, state: State, element: Element, value: Any) -> tuple[State, bool]:
    _check_domain(world, state, element, value)
    changed = replace(state, values={**state.values, element["id"]: value}, said="")
    if not element.get("then"):
        return changed, True
    return _handle(world, changed, element["then"], None)


def _check_domain(world: World, state: State, element: Element, value: Any) -> None:
    kind = element["type"]
    if kind in kinds.TEXT_INPUTS:
        _check_text(element, value)
    elif kind in kinds.ONE_OF:
        _option(world, state, element, value)
    elif kind in kinds.SWITCHES:
        if not isinstance(value, bool):
            raise Impossible("not on or off")
    elif kind == "checks":
        if not isinstance(value, list) or len(set(map(str, value))) != len(value):
            raise Impossible("not a list of choices")
        for key in value:
            _option(world, state, element, key)
    elif kind == "stepper":
        low, high = element.get("min", 0), element.get("max", 99)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Impossible("not a number in range")
    else:
        raise Impossible("cannot be set")


def longest(element: Element) -> int:
    """The most characters that a text input takes."""
    return int(element["length"]) if "length" in element else min(int(element.get("max", MAX_TEXT)), MAX_TEXT)


def _check_text(element: Element, value: Any) -> None:
    if (
        not isinstance(value, str)
        or len(value) > longest(element)
        or unicodedata.normalize("NFC", value) != value
    ):
        raise Impossible("not a text of this field")
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in value):
        raise Impossible("control characters")
    if "length" in element:
        if value and not (value.isascii() and value.isdigit()):
            raise Impossible("not digits")
        return
    allowed = _LETTERS.get(element.get("input", "text"))
    if allowed is not None and not allowed.issuperset(value):
        raise Impossible("characters of another kind of field")


def _handle(world: World, state: State, handlers: Any, row: int | None) -> tuple[State, bool]:
    """Run the first handler whose guard holds; none: nothing happens."""
    for handler in handlers or []:
        if not holds(world, state, handler.get("if")):
            continue
        after = replace(apply_effects(world, state, handler.get("do", []), row), said=handler.get("say", ""))
        if "go" in handler:
            return go(world, after, handler["go"]), True
        return after, "say" not in handler
    return replace(state, said=""), not handlers


def go(world: World, state: State, target: str) -> State:
    """Move to a screen, ``back`` or ``end``; arrival may lead on at once (``on_enter``)."""
    if target == "end":
        return replace(state, ended=True)
    if target == "back":
        return _back(world, state)
    kept = state.history
    if world.screens[state.screen]["kind"] not in kinds.NOT_KEPT:
        kept = (*kept, state.screen)[-HISTORY:]
    return _arrive(world, replace(state, history=kept), target, 0)


def _arrive(world: World, state: State, target: str, chain: int) -> State:
    """Passing through is neither a visit nor kept in the history."""
    here = replace(state, screen=target)
    for handler in world.screens[target].get("on_enter") or []:
        if chain < MAX_CHAIN and holds(world, here, handler.get("if")):
            after = apply_effects(world, here, handler.get("do", []), None)
            if handler.get("go") in world.screens:
                return _arrive(world, after, handler["go"], chain + 1)
            return after.at(target)
    return here.at(target)


def _back(world: World, state: State) -> State:
    screen = world.screens[state.screen]
    rule = screen.get("back", True)
    if rule is False:
        raise Impossible("no way back here")
    if isinstance(rule, str):
        history = state.history
        if rule in history:
            history = history[: len(history) - 1 - history[::-1].index(rule)]
        return replace(state, history=history, said="").at(rule)
    if not state.history:
        raise Impossible("nothing to go back to")
    return replace(state, history=state.history[:-1], said="").at(state.history[-1])


def _home(world: World, state: State) -> tuple[State, bool]:
    if world.home is None or world.screens[state.screen].get("home") is False:
        raise Impossible("no home button here")
    return replace(state, history=(), said="").at(world.home), True


def hints_here(world: World, state: State) -> dict[str, Any] | None:
    """The hint block of this screen."""
    blocks = world.judgement.get("hints") or []
    return next((block for block in blocks if state.screen in block["screens"]), None)


def _hint(world: World, state: State) -> tuple[State, bool]:
    block = hints_here(world, state)
    if block is None:
        raise Impossible("no hint here")
    taken = sum(1 for entry in state.log if entry.action == "hint" and entry.screen in block["screens"])
    text = block["texts"][min(taken, len(block["texts"]) - 1)]
    return replace(state, said=text), True


def _finish(world: World, state: State) -> tuple[State, bool]:
    return replace(state, ended=True, said=""), True


_FRAME = {
    "back": lambda world, state: (_back(world, state), True),
    "home": _home,
    "hint": _hint,
    "finish": _finish,
}

__all__ = ["Event", "Impossible", "go", "hints_here", "longest", "shown", "step"]
