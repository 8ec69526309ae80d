"""Is this laptop ready for the hall? Each check looks at the thing itself."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from courses.gatherings.bundles.node_keys import private_key
from courses.gatherings.join import roster_of
from courses.gatherings.kit.addresses import lan_addresses
from courses.gatherings.kit.make_kit import media_names
from courses.gatherings.models import Gathering, HallNode, LiveEvent

ENOUGH_BYTES = 500_000_000


@dataclass(frozen=True)
class Check:
    """``name`` and ``detail``: see check_words.py."""

    name: str
    passed: bool
    detail: str = ""


def self_test(node: HallNode) -> list[Check]:
    return list(_checks(node))


def _checks(node: HallNode) -> Iterator[Check]:
    gatherings = list(node.gatherings.order_by("title"))
    yield Check(
        "key",
        private_key(node) is not None and node.expires_at > timezone.now(),
        f"{node.expires_at:%d/%m/%Y}",
    )
    yield Check("clock", _clock_is_plausible(node, gatherings), f"{timezone.localtime():%H:%M %d/%m/%Y}")
    yield Check("writes", _writes(node))
    free = shutil.disk_usage(settings.SIGNING_KEYS_DIR).free
    yield Check("disk", free > ENOUGH_BYTES, f"{free // 1_000_000_000} GB")
    missing = [name for name in sorted(media_names(gatherings)) if not default_storage.exists(name)]
    yield Check("media", not missing, ", ".join(missing[:3]))
    yield Check("roster", any(roster_of(one) for one in gatherings), str(len(node.roster)))
    addresses = lan_addresses()
    yield Check("network", bool(addresses), ", ".join(addresses))


def _clock_is_plausible(node: HallNode, gatherings: list[Gathering]) -> bool:
    """Not before the kit was made and not after it expires: a laptop with an empty battery says 1970."""
    made = (
        LiveEvent.objects.filter(gathering__in=gatherings, number=1)
        .order_by("at")
        .values_list("at", flat=True)
        .first()
    )
    earliest = made or node.created_at
    return earliest - dt.timedelta(hours=1) <= timezone.now() <= node.expires_at


def _writes(node: HallNode) -> bool:
    """A real write, taken back."""
    with transaction.atomic():
        point = transaction.savepoint()
        HallNode.objects.filter(pk=node.pk).update(name=f"{node.name} ")
        transaction.savepoint_rollback(point)
    node.refresh_from_db()
    return True
