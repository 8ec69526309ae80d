"""Save what an editor wrote as a new immutable version; what was used before stays as it was."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from assessments.items.item_fields import describe, facts_of
from assessments.items.models import Fact, Item, ItemState, ItemVersion
from assessments.items.verdict import Content
from lms.accounts.api import Person

IN_USE = {ItemState.LIVE, ItemState.PILOT}


@transaction.atomic
def save_version(item: Item, content: Content, person: Person, reason: str) -> Item:
    """The item's state is the caller's choice (see ``may_be_used``); unchanged content makes no version."""
    facts = facts_of(content)
    describe(item, content, facts)
    item.save()
    item.facts.set(facts)
    if item.current is None or item.current.content != content:
        number = ItemVersion.objects.filter(item=item).count() + 1
        item.current = ItemVersion.objects.create(
            item=item, number=number, content=content, created_by=person, reason=reason
        )
        item.save(update_fields=["current"])
    return item


def may_be_used(state: str, facts: Sequence[Fact]) -> bool:
    """A fact that nobody is sure of may not carry an item that people get."""
    return state not in IN_USE or all(fact.sure for fact in facts)
