"""Snapshots of halls, read once for all who ask: kept until a notice or two seconds make them old."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from courses.gatherings.frozen_steps import light
from courses.gatherings.live.database import once_more
from courses.gatherings.public_state import Snapshot, snapshot

# A notice may be lost: after so long everything is read again.
FRESH_SECONDS = 2.0
_MOST_KEPT = 1_000
Key = tuple[str, str]  # ("code", "123456") or ("projector_token", "…") or ("pk", "7")


@dataclass(frozen=True)
class _Kept:
    snapshot: Snapshot
    asked_at: float


class SnapshotReader:
    """Lives in one event loop; ``forget`` is called there too."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hall-reader")
        self._kept: dict[Key, _Kept] = {}
        self._under_way: dict[Key, asyncio.Task[Snapshot | None]] = {}
        self._noticed: dict[int, float] = {}

    def forget(self, gathering_id: int) -> None:
        """It changed: what was asked for before this moment is old."""
        self._noticed[gathering_id] = time.monotonic()

    async def fresh(self, key: Key) -> Snapshot | None:
        """The present snapshot; None when nothing has this key."""
        kept = self._kept.get(key)
        if kept is not None and self._is_fresh(kept):
            return kept.snapshot
        return await self.read(key)

    async def read(self, key: Key) -> Snapshot | None:
        """Read now; who asks while a reading waits for the thread shares it."""
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._read(key))
            self._under_way[key] = task
        return await asyncio.shield(task)

    async def _read(self, key: Key) -> Snapshot | None:
        asked_at = 0.0

        def work() -> Snapshot | None:
            nonlocal asked_at
            loop.call_soon_threadsafe(self._under_way.pop, key, None)
            asked_at = time.monotonic()
            return once_more(lambda: _read_snapshot(key))

        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._thread, work)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        if found is None:
            self._kept.pop(key, None)
        else:
            self._kept[key] = _Kept(found, asked_at)
        return found

    def _is_fresh(self, kept: _Kept) -> bool:
        noticed = self._noticed.get(kept.snapshot.gathering_id, 0.0)
        return kept.asked_at > noticed and time.monotonic() - kept.asked_at < FRESH_SECONDS


def _read_snapshot(key: Key) -> Snapshot | None:
    name, value = key
    gathering = light(**{name: value})
    return None if gathering is None else snapshot(gathering)
