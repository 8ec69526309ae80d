"""The columns of an item that are derived from its content, for lists, search and drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assessments.items.grounds import earliest
from assessments.items.item_tags import tags_of
from assessments.items.models import Fact, Item, Outcome
from assessments.items.verdict import Content
from lms import vietnamese

# Names of fields whose text an editor may search for.
_SEARCHED = {"title", "stem", "text", "left", "right", "label", "value", "says", "context"}


def facts_of(content: Content) -> list[Fact]:
    return list(Fact.objects.filter(key__in=content.get("facts") or []))


def describe(item: Item, content: Content, facts: Sequence[Fact]) -> None:
    """Set every derived column; does not save."""
    outcome = Outcome.objects.select_related("skill").get(code=content["outcome"])
    item.kind = content["kind"]
    item.outcome = outcome
    item.skill = outcome.skill
    item.title = str(content.get("title") or content["stem"])[:200]
    item.difficulty = int(content.get("difficulty", 3))
    item.audiences = content.get("audience") or []
    item.tags = tags_of(content)
    item.enemies = content.get("enemies") or []
    item.practice_only = "practice-only" in item.tags
    item.review_by = earliest(content, (fact.review_by for fact in facts))
    item.folded_text = vietnamese.folded(" ".join([item.code, *_texts(content)]))


def _texts(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, name)
    elif isinstance(value, str) and name in _SEARCHED:
        yield value
