"""DragQuestion as groups or pairs. Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.items.h5p_exchange import parts
from assessments.items.h5p_exchange.plain_text import plain
from assessments.items.h5p_exchange.refusal import NotSayable
from assessments.items.verdict import Content
from media.h5p.scoring.result import mapping, objects

Params = Mapping[str, Any]


def read_drag_question(params: Params) -> list[Content]:
    """Things that each belong into one zone: groups, or pairs where each zone takes one thing."""
    question = mapping(params.get("question"))
    task = mapping(question.get("task"))
    texts = [_element_text(one) for one in objects(task.get("elements"))]
    zones = objects(task.get("dropZones"))
    labels = [plain(zone.get("label")) for zone in zones]
    homes: dict[int, int] = {}
    for number, zone in enumerate(zones):
        for element in _numbers(zone.get("correctElements"), len(texts)):
            if element in homes:
                raise NotSayable("several-places", texts[element])
            homes[element] = number
    if not homes:
        raise NotSayable("no-key")
    # The question's own words are in the title; H5P has no other place for them.
    stem = plain(mapping(question.get("settings")).get("questionTitle")) or "Xếp vào đúng chỗ."
    if sorted(homes.values()) == list(range(len(zones))):
        element_of = {zone: element for element, zone in homes.items()}
        pairs = [parts.pair(zone, label, texts[element_of[zone]]) for zone, label in enumerate(labels)]
        return [parts.match(stem, pairs, [text for n, text in enumerate(texts) if n not in homes])]
    if len(homes) < len(texts):
        raise NotSayable("no-place")
    return [_groups(stem, labels, texts, homes)]


def _groups(stem: str, labels: list[str], texts: list[str], homes: Mapping[int, int]) -> Content:
    return {
        "kind": "sort_groups",
        "stem": stem,
        "groups": [{"id": f"g{n + 1}", "text": label} for n, label in enumerate(labels)],
        "cards": [
            {"id": parts.part_id(n), "text": text, "group": f"g{homes[n] + 1}", "feedback": parts.RIGHT}
            for n, text in enumerate(texts)
        ],
    }


def _element_text(element: Params) -> str:
    kind = mapping(element.get("type"))
    if not str(kind.get("library")).startswith("H5P.AdvancedText "):
        raise NotSayable("has-media")
    return plain(mapping(kind.get("params")).get("text"))


def _numbers(value: object, count: int) -> list[int]:
    """The editor writes indexes as text or as numbers."""
    texts = [str(one) for one in value] if isinstance(value, list) else []
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 6]
    if len(numbers) != len(texts) or any(number >= count for number in numbers):
        raise NotSayable("no-key")
    return numbers
