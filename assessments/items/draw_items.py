"""Draw live items for a sitting: one query, then the pure selection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import TypedDict

from django.db.models import Q, QuerySet
from django.utils import timezone

from assessments.items import selection
from assessments.items.kinds import KINDS
from assessments.items.models import Item, ItemState, ItemVersion

# An item whose facts nobody checked again leaves scored sittings after this time.
_GRACE = timedelta(days=30)


class SkillPart(TypedDict):
    skill: str
    count: int


def draw(parts: Sequence[SkillPart], seed: int, exclude_item_ids: Collection[int] = ()) -> list[ItemVersion]:
    """Current versions of live items, per skill, without enemies; fewer when the bank is thin."""
    skills = {part["skill"] for part in parts}
    items = deliverable().filter(skill__code__in=skills).select_related("skill", "current")
    return draw_among([item for item in items if item.pk not in exclude_item_ids], parts, seed)


def draw_among(items: Iterable[Item], parts: Sequence[SkillPart], seed: int) -> list[ItemVersion]:
    """The same among items that were read with their skill and current version."""
    by_id = {item.pk: item for item in items}
    chosen = selection.draw(
        map(_candidate, by_id.values()), [(part["skill"], int(part["count"])) for part in parts], seed
    )
    return [_version(by_id[one.id]) for one in chosen]


def deliverable() -> QuerySet[Item]:
    """Live items that may be scored today."""
    alone = [kind.code for kind in KINDS.values() if kind.self_service]
    stale = Q(review_by__lt=timezone.localdate() - _GRACE)
    return Item.objects.filter(
        state=ItemState.LIVE, practice_only=False, kind__in=alone, current__isnull=False
    ).exclude(stale)


def _candidate(item: Item) -> selection.Candidate:
    return selection.Candidate(
        item.pk,
        item.code,
        item.skill.code,
        item.outcome_id,
        item.difficulty,
        KINDS[item.kind].practical,
        frozenset(item.enemies),
    )


def _version(item: Item) -> ItemVersion:
    assert item.current is not None  # noqa: S101 - the query asked for it
    item.current.item = item
    return item.current
