"""The answer to a locked account: what happened and what to do, as 429."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Called by axes after too many failures for one name."""
    wait = get_cool_off(request)
    seconds = int(wait.total_seconds()) if wait else 0
    response = render(request, "accounts/locked_out.html", {"minutes": seconds // 60}, status=429)
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response
