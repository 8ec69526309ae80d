"""Take a kit back, or let it live longer: laptops get lost, roads get washed away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from courses.gatherings.kit.make_kit import LONGEST, KitRefused
from courses.gatherings.models import Gathering, HallNode, ImportedBundle
from courses.gatherings.record_event import locked


def node_of(gathering: Gathering) -> HallNode:
    """The kit that holds this gathering now. Raises ``KitRefused("none")``."""
    node = HallNode.objects.filter(uuid=gathering.node).first() if gathering.node else None
    if node is None:
        raise KitRefused("none", gathering.title)
    return node


def recall_kit(gathering: Gathering) -> None:
    """Nothing that the kit signed is taken any more; this server may hold the gathering again."""
    with transaction.atomic():
        row = locked(gathering.pk)
        node = node_of(row)
        HallNode.objects.filter(pk=node.pk).update(revoked_at=timezone.now())
        # What came home stays; such a gathering is over and is not held a second time.
        home = ImportedBundle.objects.filter(node=node).values("gathering")
        Gathering.objects.filter(node=str(node.uuid)).exclude(pk__in=home).update(node="")


def extend_kit(gathering: Gathering, days: int) -> dt.datetime:
    """Counted from now. Raises ``KitRefused("expiry")``."""
    if not dt.timedelta() < dt.timedelta(days=days) <= LONGEST:
        raise KitRefused("expiry")
    expires_at = timezone.now() + dt.timedelta(days=days)
    HallNode.objects.filter(pk=node_of(gathering).pk).update(expires_at=expires_at)
    return expires_at
