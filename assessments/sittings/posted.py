"""Reading the hidden fields of a form: what is not as the page wrote it is not found."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, QueryDict

from assessments.sittings.errors import BadField

_POSITION = "cau"


def posted_uuid(request: HttpRequest, name: str) -> uuid.UUID:
    text = request.POST.get(name, "")
    try:
        return uuid.UUID(text)
    except ValueError:
        raise BadField from None


def posted_position(fields: QueryDict) -> int:
    text = fields.get(_POSITION, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise BadField
    return int(text)
