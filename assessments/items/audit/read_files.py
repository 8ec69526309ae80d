"""A bank from the files of the repository: what authors check before anything is loaded. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from assessments.items.audit.bank import Bank, Blueprint
from assessments.items.simulation.load_tasks import TASKS, content_of, is_task
from assessments.items.verdict import Content

_HERE = Path(__file__).resolve().parent
ITEMS = _HERE.parent
LESSONS = ITEMS.parents[1] / "courses" / "starter" / "lessons"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnreadableError(ValueError):
    """A file is not what the audit can read."""


def starter_files() -> list[Path]:
    return [
        *sorted((ITEMS / "starter").glob("*.yaml")),
        *sorted(TASKS.glob("*.yaml")),
        *sorted(LESSONS.glob("*.yaml")),
    ]


def blueprint() -> Blueprint:
    rows: Blueprint = _read(ITEMS / "blueprint.yaml")["rows"]
    return rows


def plain_words() -> dict[str, str]:
    words: dict[str, str] = _read(_HERE / "plain_words.yaml")["words"]
    return words


def public_persons() -> list[str]:
    names: list[str] = _read(_HERE / "public_persons.yaml")["names"]
    return names


def bank_of(paths: Iterable[Path], today: datetime.date) -> Bank:
    items: list[Content] = []
    facts: dict[str, Content] = {}
    lessons: list[Content] = []
    told_twice: set[str] = set()
    for path in paths:
        document = content_in(path)
        items += document.get("items") or []
        if isinstance(document.get("facts"), dict):
            told_twice |= {key for key, fact in document["facts"].items() if facts.get(key, fact) != fact}
            facts |= document["facts"]
        if "screens" in document:
            lessons.append({key: value for key, value in document.items() if key not in {"items", "facts"}})
    return Bank(
        items, facts, lessons, blueprint(), today, plain_words(), public_persons(), sorted(told_twice)
    )


def content_in(path: Path) -> Content:
    """A file as a document with items; a task is a document with one item. Raises ``UnreadableError``."""
    try:
        document = _plain(_read(path))
        if not isinstance(document, dict):
            raise UnreadableError(f"{path.name} holds no document")
        return {"items": [content_of(document)]} if is_task(document) else document
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise UnreadableError(f"{path.name} cannot be read: {problem}") from problem
    except (KeyError, TypeError, IndexError, AttributeError) as problem:
        raise UnreadableError(f"{path.name} lacks a part that every task has: {problem!r}") from problem


def ids_in(document: Content) -> Iterator[str]:
    yield from (str(item.get("id")) for item in document.get("items") or [])
    if "screens" in document:
        yield str(document.get("id"))


def _read(path: Path) -> Any:
    # As it is written: the audit must see what is not NFC.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader, in C where it is


def _plain(node: Any) -> Any:
    """YAML as JSON: days become text."""
    if isinstance(node, dict):
        return {str(key): _plain(one) for key, one in node.items()}
    if isinstance(node, list):
        return [_plain(one) for one in node]
    return node.isoformat() if isinstance(node, datetime.date) else node
