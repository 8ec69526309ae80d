"""What happens on a tap: where it leads in the simple case, and further cases with conditions. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assessments.items.task_editor.condition_rows import guard_of_rows, rows_of_guard
from assessments.items.task_editor.effect_rows import effects_of_rows, rows_of_effects
from assessments.items.task_editor.known import Known
from assessments.items.task_editor.naming import fresh
from assessments.items.task_editor.raw import Raw, clean_text, listed, unlisted

_KEYS = {"if", "do", "go", "say"}


@dataclass
class Reading:
    """One page of blocks being read: names made on the way must differ from each other."""

    known: Known
    taken: set[str] = field(default_factory=set)
    new_screens: dict[str, str] = field(default_factory=dict)

    def screen_named(self, title: str) -> str:
        """The screen of this title; a new one is remembered, to be added to the task."""
        for screen, known in [*self.known.screens.items(), *((i, t) for t, i in self.new_screens.items())]:
            if known == title:
                return screen
        made = fresh(title, {*self.known.screens, *self.new_screens.values(), "back", "end"}, "man_hinh")
        self.new_screens[title] = made
        return made


def blocks_of_handlers(handlers: list[Any] | None, known: Known) -> Raw | None:
    """``go, say, effects`` of the last handler without a condition, ``more`` for those before; None: not sayable."""
    found = list(handlers or [])
    if any(not isinstance(one, dict) or not one or not set(one) <= _KEYS for one in found):
        return None
    last = found.pop() if found and "if" not in found[-1] else {}
    return {**_reaction(last, known), "more": listed(_case(one, known) for one in found)}


def handlers_of_blocks(value: Raw, reading: Reading) -> list[Any]:
    handlers = [_case_handler(one, reading) for one in unlisted(value.get("more"))]
    return [one for one in [*handlers, _handler(value, reading)] if one]


def _reaction(handler: dict[str, Any], known: Known) -> Raw:
    return {
        "go": handler.get("go", ""),
        "new_screen": "",
        "say": handler.get("say", ""),
        "effects": rows_of_effects(handler.get("do") or [], known),
    }


def _case(handler: dict[str, Any], known: Known) -> Raw:
    return {"when": rows_of_guard(handler.get("if"), known), **_reaction(handler, known)}


def _case_handler(value: Raw, reading: Reading) -> dict[str, Any]:
    guard = guard_of_rows(value.get("when"), reading.known)
    return {**({"if": guard} if guard is not None else {}), **_handler(value, reading)}


def _handler(value: Raw, reading: Reading) -> dict[str, Any]:
    handler: dict[str, Any] = {}
    effects = effects_of_rows(value.get("effects"), reading.known)
    new_screen = clean_text(value.get("new_screen")).strip()
    say = clean_text(value.get("say"))
    if effects:
        handler["do"] = effects
    if new_screen:
        handler["go"] = reading.screen_named(new_screen)
    elif value.get("go"):
        handler["go"] = str(value["go"])
    if say:
        handler["say"] = say
    return handler
