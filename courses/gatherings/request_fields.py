"""The posted fields of a Django request: JSON, a plain form, or the form of a script (multipart)."""

from __future__ import annotations

from django.http import HttpRequest

from courses.gatherings.hall_post import Posted, read_post


def request_fields(request: HttpRequest) -> Posted:
    """Raises ``BadPost``."""
    if request.content_type != "multipart/form-data":
        return read_post(request.content_type or "", request.body)
    return {name: values[0] if len(values) == 1 else values for name, values in request.POST.lists()}
