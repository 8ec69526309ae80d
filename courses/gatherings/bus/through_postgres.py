"""Notices by PostgreSQL's NOTIFY and LISTEN, on a connection outside Django's pool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import psycopg
from django.conf import settings

_CHANNEL = "gatherings"
_SECONDS = 5


class PostgresLine:
    def __init__(self) -> None:
        database = settings.DATABASES["default"]
        options = {name: value for name, value in database.get("OPTIONS", {}).items() if name != "pool"}
        self._connection = psycopg.connect(
            dbname=database["NAME"],
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            host=database["HOST"] or None,
            port=database["PORT"] or None,
            autocommit=True,
            connect_timeout=_SECONDS,
            **options,
        )

    def send(self, gathering_ids: Iterable[int]) -> None:
        for gathering_id in gathering_ids:
            self._connection.execute("select pg_notify(%s, %s)", (_CHANNEL, str(gathering_id)))

    def heard(self) -> Iterator[int]:
        self._connection.execute(f"listen {_CHANNEL}")
        while True:
            for notice in self._connection.notifies(timeout=_SECONDS):
                yield int(notice.payload)
            # A silent line that is dead shows itself here.
            self._connection.execute("select 1")

    def close(self) -> None:
        self._connection.close()
