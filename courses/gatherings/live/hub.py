"""One watcher per gathering and process: it reads the state once and shows it to every open stream."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from courses.gatherings import bus
from courses.gatherings.live.client import StreamClient
from courses.gatherings.live.reader import FRESH_SECONDS, SnapshotReader
from courses.gatherings.public_state import Snapshot

BEAT_SECONDS = 2.5  # clients poll when they hear nothing for four
STALLED_SECONDS = 20.0  # so long may one message take to leave
# Numbers of present and answered may lag in a full hall; a change of phase never does.
_COUNT_GAP, _COUNT_GAP_FULL, _FULL_HALL = 0.25, 1.0, 150
_READ_GAP = 0.05


class Watcher:
    def __init__(self, gathering_id: int, reader: SnapshotReader) -> None:
        self.clients: set[StreamClient] = set()
        self._key = ("pk", str(gathering_id))
        self._reader = reader
        self._changed = asyncio.Event()
        self._shown: Snapshot | None = None
        self._frames = (b"", b"")  # for the hall, for the projector
        self._shown_at = self._beaten_at = time.monotonic()

    def wake(self) -> None:
        self._changed.set()

    def add(self, client: StreamClient, found: Snapshot) -> None:
        self.clients.add(client)
        if self._shown is None:
            self._make_frames(found)
        client.show(self._frames[client.for_projector])

    async def run(self) -> None:
        """Until nobody listens."""
        while self.clients:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), self._until_beat())
            self._changed.clear()
            self._beat()
            await self._look()
            await asyncio.sleep(_READ_GAP)

    async def _look(self) -> None:
        try:
            found = await self._reader.read(self._key)
        except Exception:  # the database is away: streams stay open, the next look heals
            return
        if found is None or found == self._shown:
            return
        before = self._shown
        if before is not None and found.version == before.version and not self._counts_are_due():
            asyncio.get_running_loop().call_later(_COUNT_GAP, self.wake)
            return
        self._make_frames(found)
        for client in list(self.clients):
            if client.for_projector and before and found.projector_token != before.projector_token:
                client.drop()
            else:
                client.show(self._frames[client.for_projector])

    def _make_frames(self, found: Snapshot) -> None:
        self._shown, self._shown_at = found, time.monotonic()
        hall = _frame(found.version, found.hall)
        same = found.hall is found.projector
        self._frames = (hall, hall if same else _frame(found.version, found.projector))

    def _counts_are_due(self) -> bool:
        gap = _COUNT_GAP_FULL if len(self.clients) > _FULL_HALL else _COUNT_GAP
        return time.monotonic() - self._shown_at >= gap

    def _until_beat(self) -> float:
        return min(FRESH_SECONDS, max(0.01, self._beaten_at + BEAT_SECONDS - time.monotonic()))

    def _beat(self) -> None:
        now = time.monotonic()
        if now - self._beaten_at < BEAT_SECONDS - 0.01:
            return
        self._beaten_at = now
        for client in list(self.clients):
            since = client.sending_since
            if since is not None and now - since > STALLED_SECONDS:
                client.drop()
            else:
                client.beat()


class Hub:
    """All watchers of this process. Lives in the event loop of the server."""

    def __init__(self) -> None:
        self.reader = SnapshotReader()
        self._loop = asyncio.get_running_loop()
        self._watchers: dict[int, Watcher] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        bus.listen(self._notice)

    def join(self, client: StreamClient, found: Snapshot) -> None:
        watcher = self._watchers.get(found.gathering_id)
        if watcher is None:
            watcher = self._watchers[found.gathering_id] = Watcher(found.gathering_id, self.reader)
            watcher.add(client, found)
            task = asyncio.create_task(self._watch(found.gathering_id, watcher))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            watcher.add(client, found)

    def leave(self, client: StreamClient, found: Snapshot) -> None:
        watcher = self._watchers.get(found.gathering_id)
        if watcher is not None:
            watcher.clients.discard(client)

    async def _watch(self, gathering_id: int, watcher: Watcher) -> None:
        try:
            await watcher.run()
        finally:
            # No await between the last look at the clients and this: nobody can have joined.
            del self._watchers[gathering_id]

    def _notice(self, gathering_id: int) -> None:
        """From any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed, gathering_id)

    def _changed(self, gathering_id: int) -> None:
        self.reader.forget(gathering_id)
        watcher = self._watchers.get(gathering_id)
        if watcher is not None:
            watcher.wake()


def _frame(version: int, body: bytes) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (version, body)
