"""The ASGI application of the site: addresses of halls that many ask at once are answered here, all others by Django.

Anybody with the code (or the projector's token) may read; answers need a seat's cookie.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

from courses.gatherings.hall_post import MOST_BYTES, BadPost, given_answer, is_own_origin, read_post
from courses.gatherings.join_code import is_code
from courses.gatherings.live.client import Send, StreamClient
from courses.gatherings.live.hub import Hub
from courses.gatherings.live.reader import Key
from courses.gatherings.live.writer import AnswerWriter
from courses.gatherings.public_state import etag_of
from courses.gatherings.take_answer import SEAT_COOKIE, PhoneAnswer, Reply, refusal

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = dict[bytes, bytes]

_ADDRESS = re.compile(
    r"/(?:en/)?(?:b/(?P<code>[0-9]{6})/(?P<asked>state|stream|answer)"
    r"|trinh-chieu/(?P<token>[\w-]{20,60})/(?P<shown>state|stream))"
)
_SAFE = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"same-origin"),
]
_JSON = (b"content-type", b"application/json")
_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),  # a proxy that packs would hold messages back
    (b"x-accel-buffering", b"no"),
    *_SAFE,
]


class LiveApplication:
    """Wraps the Django application."""

    def __init__(self, django: Application) -> None:
        self._django = django
        self._writer = AnswerWriter()
        self._hub: Hub | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        headers: Headers = dict(scope["headers"]) if found else {}
        asked = (found["asked"] or found["shown"]) if found else ""
        method = "POST" if asked == "answer" else "GET"
        if found is None or scope["method"] != method or not _is_ours(headers):
            await self._django(scope, receive, send)
        elif asked == "answer":
            await self._answer(found["code"], headers, receive, send)
        else:
            await self._show(found, headers, receive, send)

    async def _show(self, found: re.Match[str], headers: Headers, receive: Receive, send: Send) -> None:
        key: Key = ("code", found["code"]) if found["code"] else ("projector_token", found["token"])
        if self._hub is None:
            self._hub = Hub()
        known = await self._hub.reader.fresh(key) if not found["code"] or is_code(found["code"]) else None
        if known is None:
            await _reply(send, refusal(404, "code"))
        elif (found["asked"] or found["shown"]) == "stream":
            client = StreamClient(send, for_projector=bool(found["token"]))
            await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
            self._hub.join(client, known)
            try:
                while (await receive())["type"] != "http.disconnect":
                    pass
            except asyncio.CancelledError:
                # Dropped by the hub, or the server stops: either way the socket is closed after this.
                return
            finally:
                self._hub.leave(client, known)
        else:
            await _state(send, headers, known.projector if found["token"] else known.hall)

    async def _answer(self, code: str, headers: Headers, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        if not is_own_origin(_text(headers, b"origin"), _text(headers, b"host") or ""):
            return await _reply(send, refusal(403, "origin"))
        try:
            given = given_answer(read_post(_text(headers, b"content-type") or "", body))
        except BadPost as bad:
            return await _reply(send, refusal(400, bad.reason))
        token = _cookie(_text(headers, b"cookie") or "", SEAT_COOKIE.format(code=code))
        written = self._writer.submit(PhoneAnswer(code, token, given))
        return await _reply(send, await asyncio.wrap_future(written))


def _is_ours(headers: Headers) -> bool:
    """Else Django has something to say: a wrong host, a step up to https, a page for a browser without scripts,
    a form in parts."""
    domain, _port = split_domain_port((_text(headers, b"host") or "").lower())
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    if settings.SECURE_SSL_REDIRECT and headers.get(b"x-forwarded-proto") != b"https":
        return False
    if headers.get(b"content-type", b"").startswith(b"multipart/"):
        return False
    return b"text/html" not in headers.get(b"accept", b"")


async def _body(receive: Receive) -> bytes:
    """At most one byte more than may be read."""
    body = b""
    while True:
        message = await receive()
        body = (body + message.get("body", b""))[: MOST_BYTES + 1]
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return body


async def _state(send: Send, headers: Headers, body: bytes) -> None:
    etag = etag_of(body).encode()
    known = etag in headers.get(b"if-none-match", b"")
    more = [(b"etag", etag), (b"cache-control", b"no-cache, no-transform"), *_SAFE]
    if not known:
        more += [_JSON, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 304 if known else 200, "headers": more})
    await send({"type": "http.response.body", "body": b"" if known else body})


async def _reply(send: Send, reply: Reply) -> None:
    more = [(b"cache-control", b"no-store"), *_SAFE]
    if reply.status != 204:
        more += [_JSON, (b"content-length", str(len(reply.body)).encode())]
    await send({"type": "http.response.start", "status": reply.status, "headers": more})
    await send({"type": "http.response.body", "body": reply.body})


def _cookie(header: str, name: str) -> str:
    return parse_cookie(header).get(name, "")


def _text(headers: Headers, name: bytes) -> str | None:
    value = headers.get(name)
    return None if value is None else value.decode("latin-1")
