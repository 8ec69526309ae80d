"""Run what starts an event loop of its own, also where the caller's thread has one already."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def in_own_loop(work: Callable[[], Result]) -> Result:
    """``work`` in a thread of its own, waited for. It must not touch the database: that belongs to the caller."""
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(work).result()
