"""Numbers and words out of an address or a form; what nobody could have chosen is a bad request, never an error."""

from __future__ import annotations

import uuid

from django.core.exceptions import BadRequest

# No lesson, list or item of this site has as many parts.
_MOST = 9_999


def whole_number(text: str, low: int, high: int = _MOST) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST))):
        raise BadRequest("not a number")
    number = int(text)
    if not low <= number <= high:
        raise BadRequest("out of range")
    return number


def client_uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise BadRequest("not a UUID") from None
