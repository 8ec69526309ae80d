"""One open stream: it holds no queue, only what it sent last; a slow one skips what it missed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
BEAT = b":\n\n"


class StreamClient:
    __slots__ = ("_beat", "_latest", "_main", "_send", "_sent", "_task", "for_projector", "sending_since")

    def __init__(self, send: Send, for_projector: bool) -> None:
        self.for_projector = for_projector
        self.sending_since: float | None = None
        self._send = send
        self._main = asyncio.current_task()
        self._task: asyncio.Task[None] | None = None
        self._latest = self._sent = b""
        self._beat = False

    def show(self, frame: bytes) -> None:
        """Send this as soon as what is under way is out; only the last one shown matters."""
        self._latest = frame
        self._deliver_soon()

    def beat(self) -> None:
        """A sign of life for clients that would else fall back to polling."""
        self._beat = True
        self._deliver_soon()

    def drop(self) -> None:
        """End the stream from our side."""
        if self._task is not None:
            self._task.cancel()
        if self._main is not None:
            self._main.cancel()

    def _deliver_soon(self) -> None:
        if self._task is None:
            self.sending_since = time.monotonic()
            self._task = asyncio.create_task(self._deliver())

    async def _deliver(self) -> None:
        try:
            while self._latest is not self._sent or self._beat:
                frame = self._latest if self._latest is not self._sent else BEAT
                self._sent, self._beat = self._latest, False
                await self._send({"type": "http.response.body", "body": frame, "more_body": True})
        finally:
            self._task, self.sending_since = None, None
