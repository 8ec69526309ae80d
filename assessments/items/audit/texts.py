"""Every text of an item, task or lesson that a person may read, with the place where it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessments.items.audit.bank import listed, parts, task_of
from assessments.items.simulation.world import with_variant
from assessments.items.verdict import Content

Placed = tuple[str, str]

# For the author and for the machine; nobody learns from them.
_NOT_READ = frozenset({
    "id", "kind", "skill", "outcome", "outcomes", "state", "audience", "facts", "source", "legal_basis", "mark",
    "verified_on", "review_by", "tags", "enemies", "misconceptions", "scoring", "group", "goto", "start", "payload",
    "training_code", "file", "critical", "answer", "accept", "simulation", "schema", "language", "slug", "address",
    "prerequisites", "items", "print", "facilitator_notes",
})  # fmt: skip
_NOT_READ_IN_TASKS = frozenset({
    "id", "go", "src", "icon", "key", "of", "type", "kind", "input", "style", "tone", "shape", "qr", "if", "show_if",
    "enabled_if", "set", "clear", "remove", "from", "back", "home", "do", "push", "add", "include", "layout",
})  # fmt: skip
# The slip itself is what somebody typed wrongly, not a text of ours.
_SLIPS = "common_errors"


def texts_of(content: Content) -> Iterator[Placed]:
    """(field, text) of an item or a lesson."""
    if task_of(content):
        yield from _task_texts(task_of(content))
        return
    yield from _walk(content, "", _NOT_READ)


def _task_texts(task: Content) -> Iterator[Placed]:
    """Each text once, with the parameters of every variant filled in."""
    filled = (
        _variant_texts(with_variant(task, number)) for number in range(len(listed(task.get("variants"))) or 1)
    )
    yield from dict.fromkeys(placed for some in filled for placed in some)


def _variant_texts(task: Content) -> Iterator[Placed]:
    world = {name: task[name] for name in ("title", "brief", "screens", "parts", "vars") if name in task}
    yield from _walk(world, "", _NOT_READ_IN_TASKS | {"initial"})
    private = task.get("private")
    if not isinstance(private, dict):
        return
    yield from _walk(private.get("feedback"), "feedback", frozenset())
    for name in ("criteria", "critical"):
        for one in parts(private, name):
            told = {key: one[key] for key in ("label", "why", "advice") if key in one}
            yield from _walk(told, f"{name}.{one.get('id', '?')}", frozenset())
    for place, block in enumerate(parts(private, "hints")):
        yield from _walk(block.get("texts"), f"hints.{place}", frozenset())


def _walk(node: Any, field: str, skipped: frozenset[str]) -> Iterator[Placed]:
    if isinstance(node, str):
        if node.strip():
            yield field, node
    elif isinstance(node, list):
        for place, one in enumerate(node):
            name = str(one.get("id", place)) if isinstance(one, dict) else str(place)
            yield from _walk(one, _joined(field, name), skipped)
    elif isinstance(node, dict):
        for key, one in node.items():
            if key not in skipped and not (key == "value" and _SLIPS in field):
                yield from _walk(one, _joined(field, str(key)), skipped)


def _joined(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


# What is read before the answer, by kind: lists of parts and the fields of a part.
_ASKED = {
    "options": ("text",),
    "cards": ("text",),
    "groups": ("text",),
    "pairs": ("left", "right"),
    "extra_right": ("text",),
    "blanks": ("label",),
    "regions": ("label",),
    "addresses": ("text",),
    "messages": ("sender", "text"),
    "fields": ("label", "value"),
    "questions": ("text",),
    "nodes": ("says",),
}


def asked_texts(item: Content) -> list[str]:
    """Stem and parts: what a person must read to answer. The list of an observer is not read by the learner."""
    found = [
        str(item.get("stem") or ""),
        str(item.get("context") or ""),
        str(item.get("document_title") or ""),
    ]
    for name, fields in _ASKED.items():
        for part in parts(item, name):
            found += [str(part[field]) for field in fields if part.get(field)]
            found += [str(choice.get("text") or "") for choice in parts(part, "choices")]
    return [text for text in found if text.strip()]


def item_text(item: Content) -> str:
    return " \n".join(asked_texts(item))


def key_texts(item: Content) -> list[str]:
    """The texts of the right parts."""
    right = [
        part for name in ("options", "regions") for part in parts(item, name) if part.get("correct") is True
    ]
    return [str(part.get("text") or part.get("label") or "") for part in right]


def wrong_texts(item: Content) -> list[str]:
    return [str(part.get("text") or "") for part in parts(item, "options") if part.get("correct") is not True]


def pictures_of(content: Content) -> Iterator[tuple[str, Content]]:
    """(field, picture) wherever one stands: of an item, a screen of a lesson, an element of a task."""
    if isinstance(content.get("picture"), dict):
        yield "picture", content["picture"]
    for screen in parts(content, "screens"):
        if isinstance(screen.get("picture"), dict):
            yield f"screens.{screen.get('id', '?')}.picture", screen["picture"]
    task = task_of(content)
    for number in range(len(listed(task.get("variants"))) or 1):
        yield from _task_pictures(with_variant(task, number))


def _task_pictures(task: Content) -> Iterator[tuple[str, Content]]:
    shared = task.get("parts")
    groups = (
        [(f"parts.{name}", listed(some)) for name, some in shared.items()] if isinstance(shared, dict) else []
    )
    groups += [
        (f"screens.{one.get('id', '?')}", listed(one.get("elements"))) for one in parts(task, "screens")
    ]
    for field, elements in groups:
        for element in elements:
            if isinstance(element, dict):
                for part in [element, *parts(element, "options")]:
                    if "src" in part:
                        yield f"{field}.{part.get('id', part.get('key', part['src']))}", part
