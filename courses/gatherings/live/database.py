"""Threads of the live server that keep one database connection each, so that no client costs one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Result = TypeVar("Result")


def once_more(work: Callable[[], Result]) -> Result:
    """Run it; a connection that died since the last time is opened anew and the work done again."""
    try:
        return work()
    except (OperationalError, InterfaceError):
        connection.close()
        return work()
