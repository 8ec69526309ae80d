"""Effects of a handler as rows, and back. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.task_editor.known import Known
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

# Several names in one effect become several rows; the later ones say that they belong to the row before.
_NAMED = {"set": ("set_to", "copy_to"), "fill": ("fill_with", "fill_from")}


def rows_of_effects(effects: list[Any], known: Known) -> list[Raw]:
    rows: list[Raw] = []
    for effect in effects:
        made = _rows(effect, known) if isinstance(effect, dict) else None
        rows += made if made is not None and effects_of_rows(made, known) == [effect] else [kept(effect)]
    return rows


def effects_of_rows(rows: Any, known: Known) -> list[Any]:
    found: list[Any] = []
    for row in rows or []:
        effect = unkept(row["value"]) if row["type"] == KEPT else _effect(row["type"], row["value"], known)
        if effect is None:
            continue
        verb = next(iter(effect), "")
        if row["type"] != KEPT and row["value"].get("joined") and found and list(found[-1]) == [verb]:
            found[-1] = {verb: {**found[-1][verb], **effect[verb]}}
        else:
            found.append(effect)
    return found


def _rows(effect: dict[str, Any], known: Known) -> list[Raw] | None:
    if len(effect) != 1:
        return None
    verb, spec = next(iter(effect.items()))
    if verb in _NAMED and isinstance(spec, dict):
        return [
            _named_row(verb, name, value, place, known) for place, (name, value) in enumerate(spec.items())
        ]
    if verb == "add" and isinstance(spec, dict):
        return [
            child("add_to", {"of": name, "number": value, "joined": "1" if place else ""})
            for place, (name, value) in enumerate(spec.items())
        ]
    if verb == "clear":
        return [child("clear", {"fields": list(spec)})]
    if verb == "push":
        cells = [{"column": column, "of": source} for column, source in spec["from"].items()]
        return [child("push", {"rows": spec["rows"], "cells": listed(cells)})]
    return [child("remove", {"rows": spec})] if verb == "remove" else None


def _named_row(verb: str, name: str, value: Any, place: int, known: Known) -> Raw:
    literal, copied = _NAMED[verb]
    joined = "1" if place else ""
    if isinstance(value, dict):
        return child(copied, {"of": name, "source": value.get("from", ""), "joined": joined})
    return child(literal, {"of": name, "value": known.words(name, value), "joined": joined})


def _effect(kind: str, value: Raw, known: Known) -> dict[str, Any] | None:
    name = str(value.get("of") or "")
    for verb, (literal, copied) in _NAMED.items():
        if kind == literal:
            words = clean_text(value.get("value"))
            return {verb: {name: known.literal(name, words)}} if name or words else None
        if kind == copied:
            return {verb: {name: {"from": str(value.get("source") or "")}}} if name else None
    if kind == "add_to":
        return {"add": {name: number(value.get("number") or 0)}} if name else None
    if kind == "clear":
        return {"clear": list(value.get("fields") or [])} if value.get("fields") else None
    rows = str(value.get("rows") or "")
    if kind == "remove":
        return {"remove": rows} if rows else None
    cells = {str(one.get("column") or ""): str(one.get("of") or "") for one in unlisted(value.get("cells"))}
    return {"push": {"rows": rows, "from": cells}} if rows else None
