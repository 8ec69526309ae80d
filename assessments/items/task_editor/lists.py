"""Lists inside elements that only show: facts, messages, entries, steps, and the columns of a table. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.task_editor.raw import Raw, clean_text, listed, unlisted

# Type of element -> name of its list.
LISTS = {"facts": "rows", "entries": "entries", "thread": "messages", "steps": "steps", "rows": "columns"}


def rows_of_list(kind: str, element: Raw) -> Raw | None:
    """The list as rows of a block, or None when it has another form."""
    name = LISTS[kind]
    found = element.get(name) or []
    if kind == "facts":
        if not all(isinstance(one, list) and len(one) == 2 for one in found):
            return None
        return {name: listed({"label": str(one[0]), "value": str(one[1])} for one in found)}
    if kind == "thread":
        return {name: listed({"who": one.get("who", "them"), "text": one.get("text", "")} for one in found)}
    if not all(isinstance(one, str) for one in found):
        return None
    return {name: listed(found)}


def list_of_rows(kind: str, value: Raw) -> Raw:
    name = LISTS[kind]
    return {name: [_entry(kind, one) for one in unlisted(value.get(name)) if _is_written(one)]}


def _is_written(row: Any) -> bool:
    return any(row.get(key) for key in ("label", "value", "text")) if isinstance(row, dict) else bool(row)


def _entry(kind: str, row: Any) -> Any:
    if kind == "facts":
        return [clean_text(row.get("label")), clean_text(row.get("value"))]
    if kind == "thread":
        return {"who": row.get("who") or "them", "text": clean_text(row.get("text"))}
    return clean_text(row)
