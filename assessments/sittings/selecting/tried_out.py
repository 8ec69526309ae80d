"""New items that a sitting tries out without scoring them, so that they can be calibrated."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from assessments.items.api import Item, ItemState, ItemVersion, get_kind


def items_to_try(
    skills: Collection[str], count: int, seed: int, seen: Collection[int], shown: Sequence[ItemVersion] = ()
) -> list[int]:
    """Versions of pilot items, drawn from the seed; none that gives a shown item away, or is given away by one."""
    if not count:
        return []
    pilots = (
        Item.objects.filter(skill__code__in=skills, state=ItemState.PILOT, practice_only=False)
        .filter(current__isnull=False, enemies=[])
        .exclude(pk__in=seen)
        .order_by("code")
    )
    named = {code for version in shown for code in version.item.enemies}
    fitting = [
        current
        for code, kind, current in pilots.values_list("code", "kind", "current")
        if current is not None and code not in named and get_kind(kind).self_service
    ]
    rng = random.Random(seed)  # noqa: S311 - reproducible on purpose
    return rng.sample(fitting, min(count, len(fitting)))


def places_to_try(count: int, items: int, seed: int) -> list[int]:
    """Positions from 2 to the last, so that nobody begins with an item of unknown difficulty."""
    rng = random.Random(seed + 1)  # noqa: S311 - reproducible on purpose
    return sorted(rng.sample(range(2, items + count + 1), count)) if items else []
