"""Facts whose review day is over, and what a change of a fact does to the items that rest on it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.items.grounds import earliest
from assessments.items.life_cycle import IN_USE
from assessments.items.models import Fact, Item, ItemState
from assessments.items.save_version import record_state
from lms.accounts.api import Person

_BATCH = 500


def facts_overdue() -> QuerySet[Fact]:
    """Facts that somebody must check again, the oldest first, with the number of items that rest on each."""
    return (
        Fact.objects.filter(review_by__lt=timezone.localdate())
        .annotate(item_count=Count("items"))
        .order_by("review_by", "key")
    )


def refresh_review_days(items: QuerySet[Item]) -> None:
    """Items take over the new review day of a fact without a new version: their words are the same."""
    stale = []
    for item in items.select_related("current").prefetch_related("facts").defer("folded_text"):
        content = item.current.content if item.current else {}
        day = earliest(content, (fact.review_by for fact in item.facts.all()))
        if day != item.review_by:
            item.review_by = day
            stale.append(item)
    Item.objects.bulk_update(stale, ["review_by"], batch_size=_BATCH)


@transaction.atomic
def fact_changed(fact: Fact, person: Person) -> int:
    """Call after saving. Items in use that rest on a fact nobody is sure of go back to review; says how many."""
    refresh_review_days(Item.objects.filter(facts=fact))
    if fact.sure:
        return 0
    fallen = list(Item.objects.select_for_update().filter(facts=fact, state__in=IN_USE).order_by("pk"))
    for item in fallen:
        before, item.state = item.state, ItemState.REVIEW
        item.save(update_fields=["state"])
        record_state(item, before, person, _("The fact %(key)s is not sure any more.") % {"key": fact.key})
    return len(fallen)


def overdue_facts_of(item: Item) -> list[Fact]:
    return [fact for fact in item.facts.all() if fact.overdue]
