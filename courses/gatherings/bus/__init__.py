"""Tell every process that a gathering changed. Late or lost notices are healed: each process looks again every 2 s.

``GATHERING_BUS``: ``process`` (all in one), ``postgres`` (LISTEN/NOTIFY) or ``redis``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings

from courses.gatherings.bus.carrier import Carrier
from courses.gatherings.bus.through_postgres import PostgresLine
from courses.gatherings.bus.through_redis import RedisLine

__all__ = ["listen", "publish"]

# The hub of this process (live/hub.py), once it serves screens.
_listeners: list[Callable[[int], None]] = []


def publish(gathering_id: int) -> None:
    """After the commit; never fails, never waits."""
    _notice(gathering_id)
    carrier = _carrier()
    if carrier is not None:
        carrier.send(gathering_id)


def listen(listener: Callable[[int], None]) -> None:
    """Called from any thread for each change that is heard of."""
    _listeners.append(listener)
    carrier = _carrier()
    if carrier is not None:
        carrier.hear(_notice)


def _notice(gathering_id: int) -> None:
    for listener in list(_listeners):
        listener(gathering_id)


@cache
def _carrier() -> Carrier | None:
    if settings.GATHERING_BUS == "redis":
        return Carrier(RedisLine)
    if settings.GATHERING_BUS == "postgres":
        return Carrier(PostgresLine)
    return None
