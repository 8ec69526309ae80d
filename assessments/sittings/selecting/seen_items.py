"""What a person has met before, so that a repeat is a parallel form."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from assessments.sittings.models import SittingItem
from lms.accounts.api import Person


class Seen(NamedTuple):
    """Items of all earlier sittings in these skills, and of the latest one."""

    ever: frozenset[int]
    last: frozenset[int]


def seen_items(person: Person, skills: Collection[str]) -> Seen:
    """One query. Practice counts too: it shows the keys."""
    rows = (
        SittingItem.objects.filter(sitting__person=person, version__item__skill__code__in=skills)
        .order_by("sitting")
        .values_list("sitting", "version__item")
    )
    by_sitting: dict[int, set[int]] = {}
    for sitting, item in rows:
        by_sitting.setdefault(sitting, set()).add(item)
    ever = frozenset().union(*by_sitting.values()) if by_sitting else frozenset()
    last = frozenset(by_sitting[max(by_sitting)]) if by_sitting else frozenset()
    return Seen(ever, last)
