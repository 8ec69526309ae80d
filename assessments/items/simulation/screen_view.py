"""One screen as a template needs it: what is shown now, under the names of the sitting, texts filled in. Pure."""

from __future__ import annotations

import re
from typing import Any

from assessments.items.simulation.comparison import number
from assessments.items.simulation.compile_public import column_label, column_sources
from assessments.items.simulation.guards import enabled, shown
from assessments.items.simulation.machine import hints_here, longest
from assessments.items.simulation.play import Play
from assessments.items.simulation.state import State, lookup
from assessments.items.simulation.world import INPUTS, TEXT_INPUTS, Element, World

_PLACE = re.compile(r"\{\{(\w+)(?:\|(\w+))?\}\}")
_TEXTS = ("text", "sub", "badge", "title", "hint", "alt", "from", "empty", "row_action", "transcript")
_PLAIN = ("type", "tone", "style", "icon", "input", "max", "min", "length", "x", "y", "width", "height")
# Lists that are shown as they stand in the task, with their places filled.
_LISTS = ("messages", "entries", "steps", "rows")


def option_text(world: World, key: Any) -> str | None:
    for screen in world.screens:
        for element in world.elements(screen):
            for option in element.get("options", []):
                if option["key"] == key:
                    return str(option["text"])
    return None


def display(world: World, state: State, name: str, how: str | None = None) -> str:
    """A value in words: a choice by its text, rows by their number."""
    value = lookup(world, state, name)
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        keys = name in world.inputs
        return ", ".join(option_text(world, key) or "" for key in value) if keys else str(len(value))
    typed = world.inputs.get(name, {}).get("type") in TEXT_INPUTS
    text = str(value) if typed else option_text(world, value) or str(value)
    return _formatted(text, how)


def _formatted(text: str, how: str | None) -> str:
    if how == "vnd":
        amount = number(text)
        return text if amount is None else f"{amount:,}".replace(",", ".") + " đ"
    return text[-4:] if how == "last4" else text


def fill(world: World, state: State, text: str) -> str:
    return _PLACE.sub(lambda match: display(world, state, match.group(1), match.group(2)), text)


def _filled(world: World, state: State, node: Any) -> Any:
    if isinstance(node, str):
        return fill(world, state, node)
    if isinstance(node, list):
        return [_filled(world, state, one) for one in node]
    if isinstance(node, dict):
        return {key: _filled(world, state, one) for key, one in node.items()}
    return node


class _View:
    """Texts, values and choices of one moment."""

    def __init__(self, play: Play, draft: dict[str, Any]) -> None:
        self.play, self.draft = play, draft
        self.world, self.state, self.tokens = play.world, play.state, play.compiled.tokens

    def part(self, authored: dict[str, Any], public: dict[str, Any]) -> dict[str, Any]:
        seen = {key: authored[key] for key in _PLAIN if key in authored}
        seen |= {key: fill(self.world, self.state, str(authored[key])) for key in _TEXTS if key in authored}
        seen["enabled"] = enabled(self.world, self.state, authored)
        if "src" in public:
            seen["src"] = public["src"]
        return seen

    def element(self, authored: Element, public: dict[str, Any]) -> dict[str, Any]:
        seen = self.part(authored, public)
        if "id" in public:
            seen["name"] = public["id"]
        seen |= {key: _filled(self.world, self.state, authored[key]) for key in _LISTS if key in authored}
        if authored["type"] == "rows":
            seen |= self.table(authored)
        value = self.state.values.get(authored.get("id", ""))
        if authored["type"] in INPUTS:
            seen["value"] = self.draft.get(authored["id"], value)
            seen["longest"] = longest(authored)
        if "options" in authored:
            pairs = zip(authored["options"], public["options"], strict=True)
            seen["options"] = [
                {**self.part(one, named), "key": named["key"], "chosen": _chosen(value, one["key"])}
                for one, named in pairs
                if shown(self.world, self.state, one)
            ]
        return seen

    def table(self, authored: Element) -> dict[str, Any]:
        name, columns = authored["of"], authored["columns"]
        sources = column_sources(self.world, name)
        labels = [column_label(self.world, name, column) for column in columns]
        rows = [
            [self.cell(sources.get(c, ""), record.get(c)) for c in columns]
            for record in self.state.vars[name]
        ]
        # On a narrow phone each cell stands under its own label.
        return {"labels": labels, "records": [list(zip(labels, cells, strict=True)) for cells in rows]}

    def cell(self, source: str, value: Any) -> str:
        if self.world.inputs.get(source, {}).get("type") in TEXT_INPUTS:
            return str(value or "")
        return option_text(self.world, value) or str(value or "")


def _chosen(value: Any, key: str) -> bool:
    return key in value if isinstance(value, list) else bool(value == key)


def can_go_back(play: Play) -> bool:
    rule = play.screen.get("back", True)
    return isinstance(rule, str) or (rule is not False and bool(play.state.history))


def can_go_home(play: Play) -> bool:
    home = play.world.home
    return home is not None and play.screen.get("home") is not False and play.state.screen != home


def screen_view(play: Play, draft: dict[str, Any] | None = None) -> dict[str, Any]:
    """``draft`` holds typed values that were refused, by authored id: the person corrects, not types again."""
    screen = play.screen
    token = play.compiled.tokens.hide("screen", screen["id"])
    public = next(one for one in play.compiled.public["screens"] if one["id"] == token)
    view = _View(play, draft or {})
    elements = [
        view.element(authored, named)
        for authored, named in zip(play.world.elements(screen["id"]), public["elements"], strict=True)
        if shown(play.world, play.state, authored)
    ]
    buttons = [one for one in elements if one["type"] == "button" and one["enabled"]]
    main = next((one for one in buttons if one.get("style") != "plain"), next(iter(buttons), None))
    return {
        "token": token,
        "n": len(play.state.log),
        "kind": screen["kind"],
        "title": fill(play.world, play.state, screen["title"]),
        "address": screen.get("address", ""),
        "device": play.world.task["device"],
        "elements": elements,
        "main": main["name"] if main else "",
        "back": can_go_back(play),
        "home": can_go_home(play),
        "hint": hints_here(play.world, play.state) is not None,
    }
