"""Many open event streams in one event loop: when did each of them hear a certain text? Loopback only, bounded."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path


class _Listener(asyncio.Protocol):
    def __init__(self, crowd: StreamCrowd) -> None:
        self._crowd = crowd
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._crowd.request)

    def data_received(self, data: bytes) -> None:
        self._rest = self._rest[-200:] + data
        if self._crowd.wanted in self._rest:
            self._rest = b""
            self._crowd.heard()

    def connection_lost(self, error: Exception | None) -> None:
        self._crowd.lost += 1


class StreamCrowd:
    """``size`` clients of one stream."""

    def __init__(self, port: int, path: str, size: int) -> None:
        self.port, self.size, self.lost = port, size, 0
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
        )
        self.wanted = b"data: "
        self._times: list[float] = []
        self._all = asyncio.Event()
        self._transports: list[asyncio.BaseTransport] = []

    def heard(self) -> None:
        self._times.append(time.perf_counter())
        if len(self._times) == self.size:
            self._all.set()

    async def connect(self) -> None:
        """All are in and have had their first message."""
        loop = asyncio.get_running_loop()
        first = self._expect(b"data: ")
        for _client in range(self.size):
            transport, _protocol = await loop.create_connection(
                lambda: _Listener(self), "127.0.0.1", self.port
            )
            self._transports.append(transport)
        await asyncio.wait_for(first, 60)

    async def hear(
        self, wanted: bytes, cause: asyncio.Future[None] | asyncio.Task[None]
    ) -> tuple[float, int]:
        """Seconds from now until the last client heard it, and how many heard it within twenty seconds."""
        waiting = self._expect(wanted)
        start = time.perf_counter()
        await cause
        try:
            await asyncio.wait_for(waiting, 20)
        except TimeoutError:
            return 20.0, len(self._times)
        return max(self._times) - start, len(self._times)

    def close(self) -> None:
        for transport in self._transports:
            transport.close()

    def _expect(self, wanted: bytes) -> asyncio.Task[bool]:
        self.wanted, self._times = wanted, []
        self._all.clear()
        return asyncio.create_task(self._all.wait())


def resident_kilobytes(pid: int) -> int:
    """Memory of a process that is really there."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise RuntimeError("no such process")
