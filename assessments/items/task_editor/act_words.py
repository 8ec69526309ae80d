"""A recorded act in the words of the screen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from assessments.items.simulation.state import Entry
from assessments.items.simulation.world import World
from assessments.items.task_editor.known import Known

_FRAME = {
    "finish": lambda: _("Press “I am done”"),
    "back": lambda: _("Go back"),
    "home": lambda: _("Go to the home screen"),
    "hint": lambda: _("Ask for a hint"),
}


def act_words(world: World, known: Known, entry: Entry) -> str:
    if entry.element is None:
        return _FRAME[entry.action]()
    name = _name(world, entry)
    if entry.action == "set":
        return _("Fill in “%(field)s”: %(value)s") % {
            "field": name,
            "value": known.words(entry.element, entry.value),
        }
    if isinstance(entry.value, str):
        return _("Choose “%(choice)s”") % {"choice": known.words(entry.element, entry.value)}
    return _("Tap “%(name)s”") % {"name": name}


def fields_words(world: World, filled: tuple[Entry, ...]) -> str:
    return _("Fill in rightly: %(fields)s") % {"fields": ", ".join(_name(world, entry) for entry in filled)}


def _name(world: World, entry: Entry) -> str:
    element: dict[str, Any] = next(
        (one for one in world.elements(entry.screen) if one.get("id") == entry.element), {}
    )
    return str(element.get("text") or element.get("title") or entry.element)
