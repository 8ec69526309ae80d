"""Values of stream and list blocks as they are stored, made and taken apart. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from assessments.items import yaml_text

Raw = dict[str, Any]
KEPT = "kept"


def child(kind: str, value: Any, uid: str = "") -> Raw:
    return {"type": kind, "value": value, **({"id": uid} if uid else {})}


def listed(values: Iterable[Any]) -> list[Raw]:
    """Values of a list block; it knows its items by having an id, even an empty one."""
    return [{**child("item", value), "id": None} for value in values]


def unlisted(values: Any) -> list[Any]:
    return [one["value"] for one in values or []]


def kept(node: Any) -> Raw:
    """Something that rows cannot say stands untouched as text; editors may read or remove it."""
    return child(KEPT, yaml_text.written(node, width=100))


def unkept(text: str) -> Any:
    return yaml_text.read_text(text)


def has_kept(node: Any) -> bool:
    """Whether anything below is kept as text."""
    if isinstance(node, list):
        return any(has_kept(one) for one in node)
    if isinstance(node, dict):
        return node.get("type") == KEPT or any(has_kept(one) for one in node.values())
    return False


def clean_text(value: Any) -> str:
    """NFC, newlines of one sort, no other control characters."""
    text = unicodedata.normalize("NFC", str(value or "")).replace("\r\n", "\n")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def number(value: Any) -> int | float:
    return int(value) if float(value).is_integer() else float(value)


def whole_number(words: str) -> int | str:
    """A typed whole number; a parameter of the variants stays as it is."""
    plain = words.strip()
    return int(plain) if plain.isascii() and plain.isdigit() else plain if plain.startswith("[[") else 0
