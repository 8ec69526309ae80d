"""What an editor chooses from on the pages of one task: its own screens, fields and notes, by the words on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.items.simulation.pictures import drawing_names
from assessments.items.simulation.world import SHOWING, Task
from assessments.items.task_editor.blocks.plain import Choice
from assessments.items.task_editor.condition_rows import SCREEN
from assessments.items.task_editor.known import Known, Value

# Keys of a document whose value names a screen, or a field, note or element.
_SCREEN_KEYS = {"go", "visited", "went"}
_NAME_KEYS = {"of", "from", "same_as", "clear", "remove", "rows", "did", "at"}


@dataclass(frozen=True)
class Choices:
    """Pairs of value and words, ready for choice fields; what was deleted but is still named stays choosable."""

    targets: list[Choice]
    screens: list[Choice]
    values: list[Choice]
    facts: list[Choice]
    tables: list[Choice]
    acts: list[Choice]
    parts: list[Choice]
    criteria: list[Choice]
    task: Task

    def open(self, key: str, fixed: list[Choice]) -> list[Choice]:
        """The usual choices, and what this task says under ``key`` besides."""
        usual = {name for name, _words in fixed}
        return [
            *fixed,
            *((name, name) for name in dict.fromkeys(_named(self.task, {key})) if name not in usual),
        ]

    def drawings(self) -> list[Choice]:
        return self.open("src", [(name, name.removesuffix(".svg")) for name in drawing_names()])

    @classmethod
    def of(cls, task: Task) -> Choices:
        known = Known.of(task)
        screens = [*known.screens.items(), *_gone(task, _SCREEN_KEYS, {*known.screens, "back", "end"})]
        acts = list(_acts(task))
        names = {*known.values, *(name for name, _label in acts)}
        gone = list(_gone(task, _NAME_KEYS, names))
        values = _grouped(known) + gone
        criteria = task["private"].get("criteria") or []
        return cls(
            targets=[("back", _("← back to the screen before")), ("end", _("The end of the task")), *screens],
            screens=screens,
            values=values,
            facts=[*values, (_("Seen screens"), [(SCREEN + name, title) for name, title in screens])],
            tables=[(name, one.label) for name, one in known.values.items() if one.kind == "rows"],
            acts=acts + gone,
            parts=[(name, name) for name in task.get("parts") or {}],
            criteria=[(one["id"], one.get("label") or one["id"]) for one in criteria],
            task=task,
        )


def _grouped(known: Known) -> list[Choice]:
    groups: dict[str, list[Choice]] = {}
    for name, value in known.values.items():
        groups.setdefault(_group(value), []).append((name, value.label))
    return list(groups.items())


def _group(value: Value) -> str:
    if value.group == "var":
        return _("What the task remembers")
    return _("Sums") if value.group == "total" else value.group


def _acts(task: Task) -> Iterator[Choice]:
    """Elements that a person can act on, by their text and screen."""
    groups = [(screen.get("title") or screen["id"], screen["elements"]) for screen in task["screens"]]
    groups += list((task.get("parts") or {}).items())
    for title, elements in groups:
        for element in elements:
            if "id" in element and element.get("type") not in SHOWING:
                words = element.get("text") or element.get("title") or element["id"]
                yield element["id"], f"{words} ({title})"


def _gone(task: Task, keys: set[str], known: set[str]) -> Iterator[Choice]:
    named = dict.fromkeys(_named({key: task.get(key) for key in ("screens", "parts", "private")}, keys))
    for name in named:
        if name not in known and not name.startswith("[["):
            yield name, _("(deleted) %(name)s") % {"name": name}


def _named(node: Any, keys: set[str]) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _named(one, keys)
    elif isinstance(node, dict):
        for key, one in node.items():
            if key in keys and node.get("type") not in {"facts", "thread"}:
                yield from (
                    name for name in (one if isinstance(one, list) else [one]) if isinstance(name, str)
                )
            yield from _named(one, keys)
