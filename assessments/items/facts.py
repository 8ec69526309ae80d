"""Facts whose review day is over."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.utils import timezone

from assessments.items.models import Fact


def facts_overdue() -> QuerySet[Fact]:
    """Facts that somebody must check again, the oldest first, with the number of items that rest on each."""
    return (
        Fact.objects.filter(review_by__lt=timezone.localdate())
        .annotate(item_count=Count("items"))
        .order_by("review_by", "key")
    )
