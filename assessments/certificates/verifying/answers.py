"""What every public answer of this room has in common: kept by nobody, told to nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_to_be_kept(response: HttpResponse) -> HttpResponse:
    """Out of search engines, caches and the referrer of whatever is opened next."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


def with_form(response: HttpResponse) -> HttpResponse:
    """Kept by nobody either; but a form that posts from a page without referrer has no origin and is refused."""
    not_to_be_kept(response)
    response["Referrer-Policy"] = "same-origin"
    return response


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    minutes = -(-wait // 60)
    response = render(request, "certificates/too_many.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(wait)
    return not_to_be_kept(response)
