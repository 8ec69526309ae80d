"""The half of a task that a browser gets: a whitelist of the world under opaque names, never the judgement. Pure.

Guards that compare typed text with a literal stay on the server: their element is marked ``ask``.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

from assessments.items.simulation.machine import Event, Impossible
from assessments.items.simulation.tokens import Tokens
from assessments.items.simulation.world import INPUTS, TEXT_INPUTS, Element, World

_PLACE = re.compile(r"\{\{(\w+)(\|\w+)?\}\}")
# Keys that a person must see; everything else of an element stays here.
_TEXT_KEYS = ("text", "sub", "badge", "title", "hint", "alt", "from", "empty", "row_action", "transcript")
_PLAIN_KEYS = ("type", "tone", "style", "icon", "input", "max", "min", "length")
_SCREEN_KEYS = ("kind", "address")
_LITERAL_OPERATORS = ("is", "is_not", "has")
QR_PICTURE = "qr:"


@dataclass(frozen=True)
class Compiled:
    """``public`` is JSON for the browser; ``pictures`` maps keyed picture names to authored file names."""

    world: World
    tokens: Tokens
    public: dict[str, Any]
    pictures: dict[str, str]

    def event(self, raw: dict[str, Any]) -> Event:
        """An event of the browser with authored names. Raises Impossible for names of another sitting."""
        screen = self.tokens.reveal("screen", raw["s"])
        element = self.tokens.reveal("element", raw["e"]) if raw["e"] is not None else None
        if screen is None or (raw["e"] is not None and element is None):
            raise Impossible("names of another sitting")
        return Event(raw["n"], raw["t"], screen, raw["a"], element, self._value(element, raw["v"]))

    def _value(self, element: str | None, value: Any) -> Any:
        if element is None or not _has_options(self.world, element):
            return value
        if isinstance(value, list):
            return [self._option(one) for one in value]
        return self._option(value)

    def _option(self, token: object) -> str:
        found = self.tokens.reveal("option", token)
        if found is None:
            raise Impossible("a choice of another sitting")
        return found


def _has_options(world: World, element: str) -> bool:
    return any(
        one.get("id") == element and "options" in one
        for screen in world.screens
        for one in world.elements(screen)
    )


def is_choice(world: World, name: str) -> bool:
    """Whether the value of this input or variable is a key of an option."""
    return _has_options(world, name) or world.vars.get(name, {}).get("type") == "choice"


def column_sources(world: World, rows: str) -> dict[str, str]:
    """The input that each column of a variable of rows is filled from, for its heading and its choices."""
    for screen in world.screens:
        for element in world.elements(screen):
            for part in [element, *element.get("options", [])]:
                for handler in part.get("then") or []:
                    for effect in handler.get("do", []):
                        if effect.get("push", {}).get("rows") == rows:
                            return dict(effect["push"]["from"])
    return {}


def column_label(world: World, rows: str, column: str) -> str:
    source = world.inputs.get(column_sources(world, rows).get(column, ""), {})
    return str(source.get("text", column))


def _names(world: World) -> list[str]:
    names = [f"screen:{screen}" for screen in world.screens]
    for screen in world.screens:
        for element in world.elements(screen):
            if "id" in element:
                names.append(f"element:{element['id']}")
                # Named by key alone: a value copied from a field into a variable keeps its name.
                names += [f"option:{option['key']}" for option in element.get("options", [])]
            names += [f"picture:{source}" for source in _sources(element)]
    for name, spec in world.vars.items():
        names.append(f"element:{name}")
        names += [f"option:{option}" for option in spec.get("options", [])]
        names += [f"column:{name}/{column}" for column in spec.get("columns", [])]
    return names + [f"element:{name}" for name in world.task.get("totals") or {}]


def picture_of(part: dict[str, Any]) -> str | None:
    """The authored name of a part's picture; a QR code is drawn from its payload."""
    if "src" in part:
        return str(part["src"])
    return QR_PICTURE + str(part["qr"]) if "qr" in part else None


def _place(option: dict[str, Any]) -> dict[str, Any]:
    """Where a region of a hotspot lies on its picture, in percent."""
    return {key: option[key] for key in ("x", "y", "width", "height") if key in option}


def _sources(element: Element) -> list[str]:
    found = (picture_of(part) for part in [element, *element.get("options", [])])
    return [source for source in found if source is not None]


class _Compiler:
    def __init__(self, world: World, tokens: Tokens) -> None:
        self.world, self.tokens = world, tokens

    def name(self, authored: str) -> str:
        return self.tokens.hide("element", authored)

    def text(self, value: str) -> str:
        """``{{name}}`` keeps its place under the opaque name."""
        return _PLACE.sub(lambda m: "{{" + self.name(m.group(1)) + (m.group(2) or "") + "}}", value)

    def seen(self, node: Any) -> Any:
        """Texts inside rows, messages, entries and steps."""
        if isinstance(node, str):
            return self.text(node)
        if isinstance(node, list):
            return [self.seen(one) for one in node]
        if isinstance(node, dict):
            return {
                key: self.seen(one) for key, one in node.items() if key in {"who", "text", "label", "value"}
            }
        return node

    def literal(self, name: str, value: Any) -> Any:
        """Choices are named opaquely; other literals (true, 3) are visible by nature."""
        if isinstance(value, list):
            return [self.literal(name, one) for one in value]
        return self.tokens.hide("option", value) if is_choice(self.world, name) else value

    def guard(self, guard: Any) -> Any:
        if isinstance(guard, list):
            return [self.guard(one) for one in guard]
        if "any" in guard:
            return {"any": self.guard(guard["any"])}
        if "not" in guard:
            return {"not": self.guard(guard["not"])}
        if "visited" in guard:
            return {"visited": self.tokens.hide("screen", guard["visited"])}
        hidden = {"of": self.name(guard["of"])}
        for key, value in guard.items():
            if key in _LITERAL_OPERATORS:
                hidden[key] = self.literal(guard["of"], value)
            elif key == "same_as":
                hidden[key] = self.name(value)
            elif key != "of":
                hidden[key] = value
        return hidden

    def effect(self, name: str, spec: Any) -> Any:
        if name == "clear":
            return [self.name(one) for one in spec]
        if name == "remove":
            return self.name(spec)
        if name == "push":
            columns = {
                self.tokens.hide("column", f"{spec['rows']}/{c}"): self.name(s)
                for c, s in spec["from"].items()
            }
            return {"rows": self.name(spec["rows"]), "from": columns}
        return {self.name(one): self.given(one, value) for one, value in spec.items()}

    def given(self, name: str, value: Any) -> Any:
        return {"from": self.name(value["from"])} if isinstance(value, dict) else self.literal(name, value)

    def handler(self, handler: dict[str, Any]) -> dict[str, Any]:
        hidden: dict[str, Any] = {}
        if "if" in handler:
            hidden["if"] = self.guard(handler["if"])
        if "do" in handler:
            hidden["do"] = [{k: self.effect(k, v) for k, v in one.items()} for one in handler["do"]]
        if "go" in handler:
            to = handler["go"]
            hidden["go"] = to if to in {"back", "end"} else self.tokens.hide("screen", to)
        if "say" in handler:
            hidden["say"] = self.text(handler["say"])
        return hidden

    def reaction(self, part: dict[str, Any]) -> dict[str, Any]:
        """Handlers of an element or option, or ``ask`` when one of them compares typed text with a literal."""
        handlers = part.get("then") or []
        if any(compares_typed_text(self.world, handler.get("if")) for handler in handlers):
            return {"ask": True}
        return {"then": [self.handler(one) for one in handlers]} if handlers else {}

    def visible(self, part: dict[str, Any]) -> dict[str, Any]:
        shown = {key: part[key] for key in _PLAIN_KEYS if key in part}
        shown |= {key: self.text(str(part[key])) for key in _TEXT_KEYS if key in part}
        shown |= {key: self.guard(part[key]) for key in ("show_if", "enabled_if") if key in part}
        picture = picture_of(part)
        if picture is not None:
            shown["src"] = self.tokens.hide("picture", picture)
        return shown | self.reaction(part)

    def element(self, element: Element) -> dict[str, Any]:
        shown = self.visible(element)
        if "id" in element:
            shown["id"] = self.name(element["id"])
        if "initial" in element:
            shown["initial"] = self.literal(element["id"], element["initial"])
        for key in ("messages", "entries", "steps"):
            if key in element:
                shown[key] = self.seen(element[key])
        if element["type"] == "facts":
            shown["rows"] = self.seen(element["rows"])
        if element["type"] == "rows":
            shown["of"] = self.name(element["of"])
            shown["columns"] = [
                {
                    "key": self.tokens.hide("column", f"{element['of']}/{c}"),
                    "label": column_label(self.world, element["of"], c),
                }
                for c in element["columns"]
            ]
        if "options" in element:
            shown["options"] = [
                {**self.visible(one), **_place(one), "key": self.tokens.hide("option", one["key"])}
                for one in element["options"]
            ]
        return shown

    def screen(self, screen: dict[str, Any]) -> dict[str, Any]:
        shown = {key: screen[key] for key in _SCREEN_KEYS if key in screen}
        shown["id"] = self.tokens.hide("screen", screen["id"])
        shown["title"] = self.text(screen["title"])
        if "home" in screen:
            shown["home"] = screen["home"]
        if "back" in screen:
            back = screen["back"]
            shown["back"] = back if isinstance(back, bool) else self.tokens.hide("screen", back)
        if "on_enter" in screen:
            shown["on_enter"] = [self.handler(one) for one in screen["on_enter"]]
        shown["elements"] = [self.element(one) for one in self.world.elements(screen["id"])]
        return shown

    def variable(self, name: str, spec: dict[str, Any]) -> dict[str, Any]:
        shown = {"type": spec["type"]}
        if "initial" in spec:
            shown["initial"] = self.literal(name, spec["initial"])
        if "columns" in spec:
            shown["columns"] = [self.tokens.hide("column", f"{name}/{c}") for c in spec["columns"]]
            shown["max"] = spec.get("max", 10)
        return shown

    def totals(self) -> dict[str, Any]:
        specs = self.world.task.get("totals") or {}
        return {
            self.name(name): [
                {**part, "of": self.name(part["of"])} if "of" in part else part for part in parts
            ]
            for name, parts in specs.items()
        }


def compares_typed_text(world: World, guard: Any) -> bool:
    """Whether a guard compares what a person typed with a literal."""
    if guard is None:
        return False
    if isinstance(guard, list):
        return any(compares_typed_text(world, one) for one in guard)
    if "any" in guard or "not" in guard:
        return compares_typed_text(world, guard.get("any", guard.get("not")))
    element = world.inputs.get(guard.get("of", ""))
    is_typed = element is not None and element["type"] in TEXT_INPUTS & INPUTS
    return is_typed and any(operator in guard for operator in _LITERAL_OPERATORS)


def compile_public(task: dict[str, Any], seed: int) -> Compiled:
    """Public half of a task for a sitting's seed; the seed also chooses the variant and shuffles the screens."""
    world = World.of(task, seed)
    tokens = Tokens.for_names(seed, _names(world))
    compiler = _Compiler(world, tokens)
    screens = [compiler.screen(screen) for screen in world.task["screens"]]
    random.Random(seed).shuffle(screens)  # noqa: S311 - only hides the authored order, reproducibly
    brief = world.task["brief"]
    public = {
        "format": world.task["format"],
        "device": world.task["device"],
        "brief": {
            "situation": brief["situation"],
            "ask": brief["ask"],
            "facts": [{"label": one["label"], "value": str(one["value"])} for one in brief.get("facts", [])],
        },
        "start": tokens.hide("screen", world.start),
        "home": tokens.hide("screen", world.home) if world.home else None,
        "vars": {compiler.name(name): compiler.variable(name, spec) for name, spec in world.vars.items()},
        "totals": compiler.totals(),
        "screens": screens,
    }
    pictures = {
        token: name.removeprefix("picture:")
        for name, token in tokens.of_name.items()
        if name.startswith("picture:")
    }
    return Compiled(world, tokens, public, pictures)
