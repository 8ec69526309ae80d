"""The form of a conversation: turns, each with what may be said, the points for it and where it leads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.items.admin.part_fields import field_name, merged
from assessments.items.admin.part_sorts import LineField, NumberField, OneOfField, TextField
from assessments.items.kinds.base import parts_of
from assessments.items.kinds.conversation import END
from assessments.items.verdict import Content

_TURNS, _CHOICES = 4, 3
_COLUMNS = ("text", "points", "critical", "goto", "feedback")


def conversation_fields(content: Content) -> dict[str, forms.Field]:
    """Existing turns and spare ones; the first turn begins the conversation."""
    nodes, fields = _ordered(content), dict[str, forms.Field]()
    ids = _ids(nodes)
    leads = [("", "–"), *((one, _("Turn %(n)s") % {"n": n}) for n, one in enumerate(ids, start=1))]
    leads.append((END, _("End")))
    for row in range(len(ids)):
        node = nodes[row] if row < len(nodes) else {}
        fields[field_name("nodes", row, "speaker")] = LineField(
            label=_("Who speaks"), initial=node.get("speaker", "")
        )
        fields[field_name("nodes", row, "says")] = TextField(
            label=_("What is said"), initial=node.get("says", "")
        )
        choices = parts_of(node, "choices")
        for place in range(max(_CHOICES, len(choices))):
            choice = choices[place] if place < len(choices) else {}
            fields |= _choice_fields(row, place, choice, leads)
    return fields


def _choice_fields(
    row: int, place: int, choice: Content, leads: list[tuple[str, str]]
) -> dict[str, forms.Field]:
    n = {"n": place + 1}
    made: dict[str, forms.Field] = {
        "text": TextField(label=_("Reply %(n)s") % n),
        "points": NumberField(label=_("Reply %(n)s: points") % n),
        "critical": LineField(label=_("Reply %(n)s: critical error (short word)") % n),
        "goto": OneOfField(label=_("Reply %(n)s: goes on with") % n, choices=leads),
        "feedback": TextField(label=_("Reply %(n)s: feedback") % n),
    }
    for name, field in made.items():
        value = choice.get(name)
        field.initial = "" if value is None else value
    return {_choice_name(row, place, name): field for name, field in made.items()}


def _choice_name(row: int, place: int, column: str) -> str:
    return field_name("nodes", row, f"{place}-{column}")


def conversation_from(cleaned: dict[str, Any], before: Content) -> Content:
    """Turns without words are none. The full points are those of the best way through."""
    old = _ordered(before)
    ids, nodes = _ids(old), []
    for row, node_id in enumerate(ids):
        says = cleaned.get(field_name("nodes", row, "says"), "")
        if not says:
            continue
        kept = old[row] if row < len(old) else {"id": node_id}
        node = merged(kept, {"speaker": cleaned.get(field_name("nodes", row, "speaker"), ""), "says": says})
        nodes.append({**node, "choices": _choices(row, node_id, cleaned, parts_of(kept, "choices"))})
    start = ids[0]
    return {"start": start, "nodes": nodes, "max_points": _best(nodes, start, frozenset())}


def _choices(row: int, node_id: str, cleaned: dict[str, Any], old: list[Content]) -> list[Content]:
    taken = {str(choice.get("id")) for choice in old}
    written, place = [], 0
    while _choice_name(row, place, "text") in cleaned:
        part = {name: cleaned.get(_choice_name(row, place, name)) for name in _COLUMNS}
        if part["text"]:
            free = next(f"{node_id}{one}" for one in "abcdefgh" if f"{node_id}{one}" not in taken)
            kept = old[place] if place < len(old) else {"id": free}
            taken.add(str(kept["id"]))
            written.append({"points": 0, **merged(kept, part)})
        place += 1
    return written


def _best(nodes: list[Content], node_id: str, seen: frozenset[str]) -> float:
    """A circle earns nothing more; the kind refuses it afterwards."""
    node = next((one for one in nodes if str(one["id"]) == node_id), None)
    if node is None or node_id in seen:
        return 0
    return max(
        (
            (choice.get("points") or 0) + _best(nodes, str(choice.get("goto")), seen | {node_id})
            for choice in node["choices"]
        ),
        default=0,
    )


def _ordered(content: Content) -> list[Content]:
    """The turn that begins stands first."""
    nodes = parts_of(content, "nodes")
    return sorted(nodes, key=lambda node: str(node.get("id")) != str(content.get("start")))


def _ids(nodes: list[Content]) -> list[str]:
    ids = [str(node.get("id")) for node in nodes]
    number = 1
    while len(ids) < max(_TURNS, len(nodes) + 1):
        if f"n{number}" not in ids:
            ids.append(f"n{number}")
        number += 1
    return ids
