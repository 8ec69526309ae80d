"""What the conditions and effects of a task may speak of, and values in the words that editors read. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assessments.items.simulation.world import INPUTS, SWITCHES, Task

YES, NO = "có", "không"
_BETWEEN = " | "


@dataclass(frozen=True)
class Value:
    """An input, a variable or a total. ``kind``: text, bool, int, choice, list or rows."""

    kind: str
    label: str
    group: str
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    screens: dict[str, str]
    values: dict[str, Value]
    # Texts that options had before this save: what an editor typed a minute ago still finds its option.
    former: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, task: Task) -> Known:
        screens = {screen["id"]: screen.get("title") or screen["id"] for screen in task["screens"]}
        values = {element["id"]: _input(element, title) for title, element in _inputs(task)}
        values |= {name: _variable(name, spec) for name, spec in (task.get("vars") or {}).items()}
        values |= {name: Value("int", name, "total") for name in task.get("totals") or {}}
        return cls(screens, values)

    def after(self, former: Known) -> Known:
        """These names, and the option texts of ``former`` besides."""
        return Known(self.screens, self.values, {k: one.options for k, one in former.values.items()})

    def kind(self, name: str) -> str:
        value = self.values.get(name)
        return value.kind if value else "text"

    def words(self, name: str, literal: Any) -> str:
        """A literal as an editor reads it; a list with bars between."""
        if isinstance(literal, list):
            return _BETWEEN.join(self.words(name, one) for one in literal)
        if isinstance(literal, bool):
            return YES if literal else NO
        return self._options(name).get(literal, str(literal)) if isinstance(literal, str) else str(literal)

    def literal(self, name: str, words: str) -> Any:
        """What the words mean for the value ``name``."""
        if _BETWEEN in words:
            return [self.literal(name, one) for one in words.split(_BETWEEN) if one.strip()]
        plain, kind = words.strip(), self.kind(name)
        if kind == "bool":
            return plain.casefold() not in {NO, "false", "0", ""}
        if kind == "int" and plain.lstrip("-").isdigit():
            return int(plain)
        if kind in {"choice", "list"}:
            return self._key(name, plain)
        return plain

    def _options(self, name: str) -> dict[str, str]:
        value = self.values.get(name)
        return value.options if value else {}

    def _key(self, name: str, text: str) -> str:
        for options in (self._options(name), self.former.get(name, {})):
            found = [key for key, one in options.items() if one == text]
            if len(found) == 1:
                return found[0]
        return text


def _inputs(task: Task) -> Iterator[tuple[str, dict[str, Any]]]:
    groups = [(screen.get("title") or screen["id"], screen["elements"]) for screen in task["screens"]]
    groups += [(name, elements) for name, elements in (task.get("parts") or {}).items()]
    for title, elements in groups:
        for element in elements:
            if element.get("type") in INPUTS and "id" in element:
                yield title, element


def _input(element: dict[str, Any], screen_title: str) -> Value:
    kind = "text"
    if element["type"] in SWITCHES:
        kind = "bool"
    elif element["type"] == "stepper":
        kind = "int"
    elif element["type"] == "checks":
        kind = "list"
    elif "options" in element:
        kind = "choice"
    options = {one["key"]: str(one.get("text", "")) for one in element.get("options") or []}
    return Value(kind, element.get("text") or element["id"], screen_title, options)


def _variable(name: str, spec: dict[str, Any]) -> Value:
    options = {key: key for key in spec.get("options") or []}
    return Value(spec.get("type", "bool"), spec.get("label") or name, "var", options)


def taken_names(task: Task) -> set[str]:
    """Every name of the task that a new element, variable or total may not have."""
    elements = [element for screen in task["screens"] for element in screen["elements"]]
    elements += [element for part in (task.get("parts") or {}).values() for element in part]
    names = {element["id"] for element in elements if "id" in element}
    return names | set(task.get("vars") or {}) | set(task.get("totals") or {})
