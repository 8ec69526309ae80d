"""The least that a server can do: one ASGI handler that sends a posted body to every open stream. Named baseline."""

from __future__ import annotations

import asyncio
from typing import Any

_latest: asyncio.Future[bytes] | None = None


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    global _latest
    if _latest is None:
        _latest = asyncio.get_running_loop().create_future()
    if scope["method"] == "POST":
        body = (await receive())["body"]
        waiting, _latest = _latest, None
        waiting.set_result(b"data: " + body + b"\n\n")
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"data: {}\n\n", "more_body": True})
    while True:
        if _latest is None:
            _latest = asyncio.get_running_loop().create_future()
        message = await asyncio.shield(_latest)
        await send({"type": "http.response.body", "body": message, "more_body": True})
