"""A screen (or a shared part) of the document as values of the editor's form, and back into the document. Pure."""

from __future__ import annotations

import copy
from typing import Any

from assessments.items.simulation.world import Screen, Task
from assessments.items.task_editor.elements import blocks_of_elements, elements_of_blocks
from assessments.items.task_editor.handler_rows import Reading, blocks_of_handlers, handlers_of_blocks
from assessments.items.task_editor.known import Known, taken_names
from assessments.items.task_editor.naming import fresh
from assessments.items.task_editor.raw import Raw, clean_text

# Rules of the back and the home button; empty means as on a telephone.
BACK_NEVER, BACK_ALWAYS = "never", "always"
_SPREADING = {"app", "browser", "messages", "call", "scene", "window"}


def find_screen(task: Task, screen_id: str) -> Screen | None:
    return next((screen for screen in task["screens"] if screen["id"] == screen_id), None)


def form_of_screen(task: Task, screen: Screen) -> Raw:
    known = Known.of(task)
    back = screen.get("back")
    return {
        "title": screen.get("title", ""),
        "kind": screen.get("kind", "app"),
        "address": screen.get("address", ""),
        "back": _rule(back) if not isinstance(back, str) else back,
        "home": _rule(screen.get("home")),
        "last": bool(screen.get("last")),
        "arrival": blocks_of_handlers(screen.get("on_enter"), known),
        "elements": blocks_of_elements(screen["elements"], known, screen["id"]),
    }


def _rule(value: Any) -> str:
    return "" if value is None else BACK_ALWAYS if value else BACK_NEVER


def with_screen(task: Task, screen_id: str, form: Raw) -> Task:
    """The task with this screen as the form says; screens that the form names for the first time are added."""
    return _twice(task, lambda base, known: _replaced(base, screen_id, form, known))


def with_part(task: Task, name: str, blocks: list[Raw]) -> Task:
    return _twice(task, lambda base, known: _part_replaced(base, name, blocks, known))


def _twice(task: Task, replaced: Any) -> Task:
    """Options that the form itself adds are known only after a first reading."""
    former = Known.of(task)
    first = replaced(task, former)
    return replaced(task, Known.of(first).after(former)) if Known.of(first) != former else first


def _replaced(task: Task, screen_id: str, form: Raw, known: Known) -> Task:
    after = copy.deepcopy(task)
    screen = find_screen(after, screen_id)
    assert screen is not None  # noqa: S101 - callers looked
    reading = Reading(_screens_only_of(task, known), _taken_elsewhere(after, screen["elements"]))
    kind = form.get("kind") or "app"
    screen |= {"kind": kind, "title": clean_text(form.get("title"))}
    _set(screen, "address", clean_text(form.get("address")))
    back = form.get("back") or ""
    _set(screen, "back", {BACK_NEVER: False, BACK_ALWAYS: True}.get(back, back or None))
    _set(screen, "home", {BACK_NEVER: False, BACK_ALWAYS: True}.get(form.get("home") or ""))
    _set(screen, "last", True if form.get("last") else None)
    if form.get("arrival") is not None:
        _set(screen, "on_enter", handlers_of_blocks(form["arrival"], reading))
    screen["elements"] = elements_of_blocks(form["elements"], reading)
    return _with_new_screens(after, reading, kind)


def _part_replaced(task: Task, name: str, blocks: list[Raw], known: Known) -> Task:
    after = copy.deepcopy(task)
    reading = Reading(_screens_only_of(task, known), _taken_elsewhere(after, after["parts"][name]))
    after["parts"][name] = elements_of_blocks(blocks, reading)
    return _with_new_screens(after, reading, "app")


def _screens_only_of(task: Task, known: Known) -> Known:
    """Screens as they were before the save, so that both readings make the same ids."""
    return Known(Known.of(task).screens, known.values, known.former)


def _taken_elsewhere(task: Task, elements: list[Raw]) -> set[str]:
    return taken_names(task) - {element["id"] for element in elements if "id" in element}


def _with_new_screens(task: Task, reading: Reading, kind: str) -> Task:
    """They look like the screen that leads to them, unless that is one of a kind."""
    alike = kind if kind in _SPREADING else "app"
    added = [new_screen(name, title, alike) for title, name in reading.new_screens.items()]
    return {**task, "screens": [*task["screens"], *added]}


def new_screen(screen_id: str, title: str, kind: str) -> Screen:
    return {"id": screen_id, "kind": kind, "title": title, "elements": []}


def added_screen(task: Task, title: str, kind: str) -> tuple[Task, str]:
    """(task, id of the new screen)."""
    made = fresh(title, {*(screen["id"] for screen in task["screens"]), "back", "end"}, "man_hinh")
    return {**task, "screens": [*task["screens"], new_screen(made, title, kind)]}, made


def added_part(task: Task, title: str) -> tuple[Task, str]:
    parts = task.get("parts") or {}
    made = fresh(title, parts, "phan")
    return {**task, "parts": {**parts, made: []}}, made


def without_screen(task: Task, screen_id: str) -> Task:
    """Ways that led there stay, so that the faults show them; the first screen cannot go."""
    if screen_id == task["start"]:
        return task
    after = {**task, "screens": [one for one in task["screens"] if one["id"] != screen_id]}
    return {key: one for key, one in after.items() if key != "home" or one != screen_id}


def moved_screen(task: Task, screen_id: str, by: int) -> Task:
    screens = list(task["screens"])
    place = next((i for i, screen in enumerate(screens) if screen["id"] == screen_id), None)
    if place is None or not 0 <= place + by < len(screens):
        return task
    screens[place], screens[place + by] = screens[place + by], screens[place]
    return {**task, "screens": screens}


def _set(node: Raw, key: str, value: Any) -> None:
    """An empty value takes the key away; False is a value."""
    if value is None or value == "" or value == []:
        node.pop(key, None)
    else:
        node[key] = value
