"""Read what phones and presenters post, as JSON or form, without Django's request: the live server reads the same."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from courses.gatherings.answer import Given
from courses.gatherings.join import Joiner

MOST_BYTES = 8_192
_LARGEST = 32_767
Posted = Mapping[str, Any]


class BadPost(Exception):
    """``reason`` names the field that cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_post(content_type: str, body: bytes) -> Posted:
    """The fields of a JSON object or of a form; a field that a form repeats is a list."""
    if len(body) > MOST_BYTES:
        raise BadPost("size")
    try:
        if content_type.partition(";")[0].strip().lower() == "application/json":
            fields = json.loads(body)
            if not isinstance(fields, dict):
                raise BadPost("body")
            return fields
        parts = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=50)
    except (ValueError, RecursionError):
        raise BadPost("body") from None
    return {name: values[0] if len(values) == 1 else values for name, values in parts.items()}


def is_own_origin(origin: str | None, host: str) -> bool:
    """A browser tells from which site a post comes; seats count only for posts from our own pages, or from no page."""
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def given_answer(fields: Posted) -> Given:
    return Given(
        answer_uuid=uuid_field(fields, "answer_uuid"),
        position=whole_number(fields, "position"),
        round=whole_number(fields, "round"),
        value=fields.get("value"),
    )


def given_joiner(fields: Posted) -> Joiner:
    return Joiner(
        kind=text_field(fields, "kind"),
        name=text_field(fields, "name"),
        roster=text_field(fields, "roster"),
        card=text_field(fields, "card"),
        own_phone=text_field(fields, "borrowed") in ("", "0", "False"),
        join_uuid=uuid_field(fields, "join_uuid") if fields.get("join_uuid") else None,
    )


def uuid_field(fields: Posted, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(text_field(fields, name))
    except ValueError:
        raise BadPost(name) from None


def whole_number(fields: Posted, name: str) -> int:
    """A small number, as JSON number or as digits."""
    given = fields.get(name)
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) <= 5:
        given = int(given)
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= _LARGEST:
        raise BadPost(name)
    return given


def text_field(fields: Posted, name: str) -> str:
    """A short text without control characters; numbers are taken as typed digits."""
    given = fields.get(name, "")
    if isinstance(given, int):
        given = str(given)
    if not isinstance(given, str) or len(given) > 200:
        raise BadPost(name)
    return "".join(sign for sign in given if sign.isprintable()).strip()
