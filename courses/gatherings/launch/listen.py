"""One connection to the leading server: its public stream, or its public state where streams do not get through."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from courses.gatherings.join_code import is_code
from courses.gatherings.launch.mirror import Unfollowable

# The leading server gives a sign of life every 2.5 seconds.
SILENCE_SECONDS = 8
_MOST_LINE = 16_384


@dataclass(frozen=True)
class LeadingAddress:
    scheme: str
    host: str
    code: str


def read_address(text: str) -> LeadingAddress:
    """``https://host/b/123456``, nothing more. Raises ``Unfollowable``."""
    parts = urlsplit(text.strip())
    found = re.fullmatch(r"(?:/en)?/b/(\d{6})/?", parts.path)
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain or found is None:
        raise Unfollowable
    if not is_code(found[1]):
        raise Unfollowable
    return LeadingAddress(parts.scheme, parts.netloc, found[1])


def states(address: LeadingAddress, go_on: Callable[[], bool]) -> Iterator[Any]:
    """Each state that arrives, until ``go_on`` says no or the connection breaks (``OSError``, ``HTTPException``)."""
    connection = _connect(address)
    try:
        connection.request("GET", f"/b/{address.code}/stream", headers={"Accept": "text/event-stream"})
        reply = connection.getresponse()
        if reply.status != 200 or not reply.headers.get_content_type() == "text/event-stream":
            raise http.client.HTTPException(f"status {reply.status}")
        while go_on():
            line = reply.readline(_MOST_LINE)
            if not line:
                return
            if line.startswith(b"data:"):
                yield _read(line[5:])
    finally:
        connection.close()


def state_once(address: LeadingAddress) -> Any:
    """For a way that swallows streams."""
    connection = _connect(address)
    try:
        connection.request("GET", f"/b/{address.code}/state", headers={"Accept": "application/json"})
        reply = connection.getresponse()
        if reply.status != 200:
            raise http.client.HTTPException(f"status {reply.status}")
        return _read(reply.read(_MOST_LINE))
    finally:
        connection.close()


def _connect(address: LeadingAddress) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    return kind(address.host, timeout=SILENCE_SECONDS)


def _read(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unfollowable from None
