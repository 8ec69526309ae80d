"""Services of a running site: none (SQLite and files), or a PostgreSQL and a Redis database of its own.

With DATABASE_URL and REDIS_URL set (`make test-services`) every site gets its own database on that server, copied from
one that was prepared once, and its own numbered Redis database for cache and queue.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

SERVICE_NAMES = {"DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"}
_sites_of_this_process = count()
# The suite itself uses the numbers of REDIS_URL and the next one, one per test process.
_FIRST_OF_SITES, _TEST_PROCESSES = 2, 2


@dataclass(frozen=True)
class Services:
    """Addresses of one site's own database and Redis database; both empty without services."""

    database_url: str = ""
    redis_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        named = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
        return {name: value for name, value in named.items() if value}

    def rows(self, folder: Path, query: str) -> Sequence[tuple[Any, ...]]:
        """What a plain query finds in the site's database."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                return connection.execute(query.encode()).fetchall()
        with sqlite3.connect(folder / "lms.sqlite3") as connection:
            return connection.execute(query).fetchall()

    def create(self, template: str = "template1") -> None:
        """An own database, as a copy of ``template``; an empty Redis database."""
        if not self.database_url:
            return
        self.drop()
        _admin("CREATE DATABASE {} TEMPLATE {}", _name_in(self.database_url), template)
        redis.Redis.from_url(self.redis_url).flushdb()

    def drop(self) -> None:
        if self.database_url:
            _admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", _name_in(self.database_url))


def services_named(database: str) -> Services:
    """Services with this database on the servers of the environment; the same Redis database every time."""
    if not os.environ.get("DATABASE_URL"):
        return Services()
    return Services(
        _with_path(os.environ["DATABASE_URL"], database), _redis_database(_FIRST_OF_SITES + _own_number())
    )


def next_services() -> Services:
    """For the next site of this test process."""
    if not os.environ.get("DATABASE_URL"):
        return Services()
    number = _own_number() + _TEST_PROCESSES * next(_sites_of_this_process)
    name = f"lms_site_{os.getpid()}_{number}"
    return Services(_with_path(os.environ["DATABASE_URL"], name), _redis_database(_FIRST_OF_SITES + number))


def prepared_databases() -> list[str]:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        found = connection.execute("select datname from pg_database where datname like 'lms_prepared_%'")
        return [row[0] for row in found.fetchall()]


def _own_number() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])


def _redis_database(offset: int) -> str:
    given = os.environ["REDIS_URL"]
    return _with_path(given, str(int(urlsplit(given).path.strip("/") or 0) + offset))


def _with_path(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _name_in(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _admin(statement: str, *names: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
