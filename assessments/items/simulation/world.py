"""The world of a simulated task: screens and elements by id, for one variant. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Task = dict[str, Any]
Element = dict[str, Any]
Screen = dict[str, Any]

_PARAMETER = re.compile(r"\[\[(\w+)\]\]")
SHOWING = {
    "heading", "text", "picture", "notice", "facts", "entries", "thread", "qr", "media", "steps",
}  # fmt: skip
PLAIN_TAPS = {"button", "link", "icon", "card", "payee"}
OPTION_TAPS = {"caller", "permission", "scanner", "hotspot", "replies", "tabs"}
TEXT_INPUTS = {"field", "passcode", "otp"}
ONE_OF = {"radio", "select", "picker"}
SWITCHES = {"toggle", "checkbox"}
INPUTS = TEXT_INPUTS | ONE_OF | SWITCHES | {"checks", "stepper"}
ELEMENT_TYPES = SHOWING | PLAIN_TAPS | OPTION_TAPS | INPUTS | {"rows"}
# Screens that one passes by: going back never returns to them.
NOT_KEPT = {"dialog", "waiting"}


def _filled(node: Any, values: dict[str, str]) -> Any:
    if isinstance(node, str):
        return _PARAMETER.sub(lambda match: values.get(match.group(1), match.group(0)), node)
    if isinstance(node, list):
        return [_filled(one, values) for one in node]
    if isinstance(node, dict):
        return {key: _filled(one, values) for key, one in node.items()}
    return node


def with_variant(task: Task, number: int) -> Task:
    """The task with the parameters of one variant filled in, judgement and recorded paths included."""
    variants = task.get("variants") or [{}]
    values = {key: str(value) for key, value in variants[number % len(variants)].items()}
    filled: Task = _filled({key: value for key, value in task.items() if key != "variants"}, values)
    return filled


@dataclass(frozen=True)
class World:
    """Look-ups over a task whose variant is chosen."""

    task: Task
    parts: dict[str, list[Element]] = field(default_factory=dict)

    @classmethod
    def of(cls, task: Task, variant: int = 0) -> World:
        chosen = with_variant(task, variant)
        return cls(chosen, chosen.get("parts") or {})

    @cached_property
    def screens(self) -> dict[str, Screen]:
        return {screen["id"]: screen for screen in self.task["screens"]}

    def elements(self, screen_id: str) -> list[Element]:
        """Elements of a screen in order, included parts expanded."""
        found: list[Element] = []
        for element in self.screens[screen_id]["elements"]:
            found += self.parts.get(element["include"], []) if "include" in element else [element]
        return found

    @cached_property
    def inputs(self) -> dict[str, Element]:
        """Every input element by id: their values live for the whole task."""
        return {
            element["id"]: element
            for screen in self.screens
            for element in self.elements(screen)
            if element["type"] in INPUTS
        }

    @cached_property
    def vars(self) -> dict[str, dict[str, Any]]:
        return self.task.get("vars") or {}

    @property
    def start(self) -> str:
        return str(self.task["start"])

    @property
    def home(self) -> str | None:
        return self.task.get("home")

    @property
    def judgement(self) -> dict[str, Any]:
        return dict(self.task.get("private") or {})
