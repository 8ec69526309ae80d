"""Notices by Redis publish and subscribe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import redis
from django.conf import settings

_CHANNEL = "gatherings"
_SECONDS = 5.0


class RedisLine:
    def __init__(self) -> None:
        self._redis = redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS
        )
        self._redis.ping()

    def send(self, gathering_ids: Iterable[int]) -> None:
        for gathering_id in gathering_ids:
            self._redis.publish(_CHANNEL, str(gathering_id))

    def heard(self) -> Iterator[int]:
        with self._redis.pubsub(ignore_subscribe_messages=True) as channel:  # type: ignore[no-untyped-call]  # redis-py
            channel.subscribe(_CHANNEL)
            while True:
                # A silent line that is dead shows itself by the ping.
                message = channel.get_message(timeout=_SECONDS / 2)
                if message is None:
                    channel.ping()
                elif message["type"] == "message":
                    yield int(message["data"])

    def close(self) -> None:
        self._redis.close()
