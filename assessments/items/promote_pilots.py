"""New items that proved themselves go live. A second person approved them before they were tried out."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from assessments.items.grounds import are_sure
from assessments.items.models import Item, ItemState
from assessments.items.save_version import record_state


@transaction.atomic
def promote_pilots(item_ids: Collection[int], reason: str) -> list[str]:
    """Codes of those that went live; the others are no pilots, out of date or on unsure facts."""
    promoted = []
    pilots = Item.objects.filter(pk__in=item_ids, state=ItemState.PILOT, current__isnull=False)
    for item in pilots.select_for_update(of=("self",)).select_related("current").order_by("pk"):
        in_date = item.review_by is None or item.review_by >= timezone.localdate()
        if item.current is None or not in_date or not are_sure(item.current.content, item.facts.all()):
            continue
        before, item.state = item.state, ItemState.LIVE
        item.save(update_fields=["state", "updated_at"])
        record_state(item, before, None, reason)
        promoted.append(item.code)
    return promoted
