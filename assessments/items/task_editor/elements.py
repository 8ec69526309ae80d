"""Elements of a screen as values of blocks, and back: nothing is lost on the way. Pure.

An element that its block cannot say exactly becomes a block of kept text.
"""

from __future__ import annotations

import uuid
from typing import Any

from assessments.items.simulation.world import Element
from assessments.items.task_editor.condition_rows import guard_of_rows, rows_of_guard
from assessments.items.task_editor.element_specs import (
    CHOSEN_FIRST,
    NAMELESS,
    SPECS,
    SWITCHED_FIRST,
    TYPED_FIRST,
    Spec,
    has_reaction,
)
from assessments.items.task_editor.handler_rows import Reading, blocks_of_handlers, handlers_of_blocks
from assessments.items.task_editor.known import NO, YES, Known, Value
from assessments.items.task_editor.lists import LISTS, list_of_rows, rows_of_list
from assessments.items.task_editor.naming import element_id, fresh
from assessments.items.task_editor.raw import (
    KEPT,
    Raw,
    child,
    clean_text,
    kept,
    listed,
    number,
    unkept,
    unlisted,
)

INCLUDE = "include"
_PLACE = uuid.UUID("6c9f4f0e-52a4-4f6e-9b1a-2f2f9a6b8c11")


def block_id(screen: str, name: str) -> str:
    """The block's own id: the same at every opening, so that a fault can lead to it."""
    return str(uuid.uuid5(_PLACE, f"{screen}/{name}"))


def blocks_of_elements(elements: list[Element], known: Known, screen: str) -> list[Raw]:
    blocks = []
    for place, element in enumerate(elements):
        name = str(element.get("id") or place)
        blocks.append({**_block(element, known), "id": block_id(screen, name)})
    return blocks


def _block(element: Element, known: Known) -> Raw:
    if set(element) == {INCLUDE}:
        return child(INCLUDE, {"part": element[INCLUDE]})
    kind = element.get("type", "")
    if kind not in SPECS:
        return kept(element)
    value = _value(element, SPECS[kind], known)
    if value is None or not _says_the_same(kind, value, element, known):
        return kept(element)
    return child(kind, value)


def _says_the_same(kind: str, value: Raw, element: Element, known: Known) -> bool:
    """Fields that cannot hold what stands there (a list where a number belongs) do not."""
    try:
        return bool(_element(kind, value, Reading(known)) == element)
    except (TypeError, ValueError):
        return False


def _value(element: Element, spec: Spec, known: Known) -> Raw | None:
    kind = element["type"]
    value: Raw = {"key": element.get("id", "")}
    value |= {name: element.get(name, "") for name in spec.texts}
    value |= {name: element.get(name) for name in spec.numbers}
    if kind in LISTS:
        rows = rows_of_list(kind, element)
        if rows is None:
            return None
        value |= rows
    value |= _first_value(element)
    if spec.options:
        options = [_option(one, spec, known) for one in element.get("options") or []]
        if None in options:
            return None
        value["options"] = listed(options)
    if kind == "field":
        value["forget"] = element.get("keep") is False
    if has_reaction(kind):
        handlers = blocks_of_handlers(element.get("then"), known)
        if handlers is None:
            return None
        value |= handlers
        value["enabled_if"] = rows_of_guard(element.get("enabled_if"), known)
    value["show_if"] = rows_of_guard(element.get("show_if"), known)
    return value


def _first_value(element: Element) -> Raw:
    """``initial`` in words; what cannot be said so makes the element one of kept text."""
    kind, initial = element["type"], element.get("initial")
    if kind in TYPED_FIRST or kind in CHOSEN_FIRST:
        options = _texts(element)
        return {"initial": options.get(initial, initial or "") if isinstance(initial, str) else initial or ""}
    if kind == "checks":
        found = Known({}, {"": Value("list", "", "", _texts(element))}).words("", initial or [])
        return {"initial": found}
    if kind in SWITCHED_FIRST:
        return {"initial": "" if initial is None else YES if initial else NO}
    return {"initial": initial} if kind == "stepper" else {}


def _texts(element: Element) -> dict[str, str]:
    return {one["key"]: one.get("text", "") for one in element.get("options") or []}


def _option(option: dict[str, Any], spec: Spec, known: Known) -> Raw | None:
    value: Raw = {"key": option["key"]}
    value |= {name: option.get(name, "") for name in spec.options}
    value |= {name: option.get(name) for name in spec.option_numbers}
    if spec.options_act:
        handlers = blocks_of_handlers(option.get("then"), known)
        if handlers is None:
            return None
        value |= handlers
    value["show_if"] = rows_of_guard(option.get("show_if"), known)
    return value


def elements_of_blocks(blocks: list[Raw], reading: Reading) -> list[Element]:
    """Elements with ids; a block that was copied in the editor gets an id of its own."""
    elements = []
    for block in blocks:
        kind, value = block["type"], block["value"]
        if kind == KEPT:
            element = unkept(value)
            reading.taken.add(str(element.get("id", "")))
        elif kind == INCLUDE:
            element = {INCLUDE: str(value.get("part") or "")}
        else:
            element = _named(_element(kind, value, reading), reading)
        elements.append(element)
    return elements


def _named(element: Element, reading: Reading) -> Element:
    name, kind = element.get("id", ""), element["type"]
    if (not name and kind in NAMELESS) or (name and name not in reading.taken):
        reading.taken.add(name)
        return element
    made = element_id(kind, str(element.get("text") or element.get("title") or ""), reading.taken)
    reading.taken.add(made)
    return {"id": made, **{key: one for key, one in element.items() if key != "id"}}


def _element(kind: str, value: Raw, reading: Reading) -> Element:
    spec = SPECS[kind]
    element: Element = {"id": value["key"]} if value.get("key") else {}
    element["type"] = kind
    element |= _plain(value, spec.texts, spec.numbers)
    if kind in LISTS:
        element |= list_of_rows(kind, value)
    if spec.options:
        element["options"] = _options(value, spec, reading)
    element |= _initial(kind, value, element.get("options") or [])
    if kind == "field" and value.get("forget"):
        element["keep"] = False
    for name in ("show_if", "enabled_if"):
        guard = guard_of_rows(value.get(name), reading.known)
        if guard is not None:
            element[name] = guard
    if has_reaction(kind):
        handlers = handlers_of_blocks(value, reading)
        if handlers:
            element["then"] = handlers
    return element


def _plain(value: Raw, texts: tuple[str, ...], numbers: tuple[str, ...]) -> Raw:
    found: Raw = {name: clean_text(value.get(name)) for name in texts if clean_text(value.get(name))}
    return found | {name: number(value[name]) for name in numbers if value.get(name) is not None}


def _options(value: Raw, spec: Spec, reading: Reading) -> list[Raw]:
    options: list[Raw] = []
    for one in unlisted(value.get("options")):
        used = {option["key"] for option in options}
        text = clean_text(one.get("text"))
        key = one.get("key") or ""
        option: Raw = {"key": key if key and key not in used else fresh(text, used, "chon"), "text": text}
        option |= _plain(one, spec.options, spec.option_numbers)
        guard = guard_of_rows(one.get("show_if"), reading.known)
        handlers = handlers_of_blocks(one, reading) if spec.options_act else []
        option |= {"show_if": guard} if guard is not None else {}
        option |= {"then": handlers} if handlers else {}
        options.append(option)
    return options


def _initial(kind: str, value: Raw, options: list[Raw]) -> Raw:
    first = value.get("initial")
    if first is None or first == "":
        return {}
    if kind == "checks":
        found = Known({}, {"": Value("list", "", "", _texts({"options": options}))}).literal("", str(first))
        return {"initial": found if isinstance(found, list) else [found]}
    if kind in SWITCHED_FIRST:
        return {"initial": first == YES}
    if kind in CHOSEN_FIRST:
        return {"initial": next((one["key"] for one in options if one["text"] == first), first)}
    return {"initial": number(first) if kind == "stepper" else clean_text(first)}
