"""What every test may use: catalogues compiled once, caches clean between tests."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests.running_site import RunningSite

ROOT = Path(__file__).resolve().parents[1]
# Nothing is timed: the machine may be busy.
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


def pytest_sessionstart(session: pytest.Session) -> None:
    with (ROOT / ".venv" / "catalogues.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([sys.executable, str(ROOT / "tools" / "compile_catalogues.py")], check=True)


def _empties_tables(item: pytest.Item) -> bool:
    """Tests with real transactions end with empty tables, the rows that migrations made included.

    They are marked ``django_db(transaction=True, serialized_rollback=True)``, so that those rows are remembered.
    """
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


_rows_of_migrations: list[str] = []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Kept here too: once a browser runs its loop in this thread, Django hands out another connection object.

    They are there only where a chosen test has real transactions.
    """
    with django_db_blocker.unblock():
        _rows_of_migrations.append(getattr(connection, "_test_serialized_contents", "[]"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """What migrations put into the tables stands there again for the tests that follow in this process."""
    if not _empties_tables(item):
        yield
        return
    # Django asks the connection at hand, which is another one beside a browser's loop. Where it finds no rows it
    # makes content types and permissions anew, with other keys, and the rows of migrations collide with them.
    connection._test_serialized_contents = _rows_of_migrations[0]  # type: ignore[attr-defined]
    yield
    if nextitem is not None:
        with django_db_blocker_of(item).unblock():
            connection.creation.deserialize_db_from_string(_rows_of_migrations[0])


def django_db_blocker_of(item: pytest.Item) -> DjangoDbBlocker:
    return item.config.stash[blocking_manager_key]


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    cache.clear()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    running = RunningSite(tmp_path_factory.mktemp("site"))
    running.prepare()
    running.start()
    yield running
    running.stop()
