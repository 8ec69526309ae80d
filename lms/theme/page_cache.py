"""Whole pages for anonymous visitors, served before any session or database work.

A view says that its page is public (``public_page``, ``mark_public``). Publishing calls ``purge_pages``.
"""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Callable
from typing import ParamSpec, TypedDict

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response

from lms.theme.context import COOKIE, display_of

_VERSION_KEY = "public-pages:version"
# Only these may come along with a page from the cache; any other cookie may change what a page says.
_HARMLESS_COOKIES = {COOKIE, settings.CSRF_COOKIE_NAME}
# An unknown key may change the page too, so it goes past the cache.
_DEFAULT_QUERY_KEYS = ("q", "cho", "ky-nang", "trang")
_DEFAULT_SECONDS = 600

_Arguments = ParamSpec("_Arguments")


class StoredPage(TypedDict):
    content: bytes
    headers: dict[str, str]


def mark_public(response: HttpResponseBase) -> None:
    """This page says the same to every anonymous visitor."""
    response.public_page = True  # type: ignore[attr-defined]  # the mark travels on the response itself


def public_page(
    view: Callable[_Arguments, HttpResponseBase],
) -> Callable[_Arguments, HttpResponseBase]:
    @functools.wraps(view)
    def marked(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> HttpResponseBase:
        response = view(*args, **kwargs)
        mark_public(response)
        return response

    return marked


def purge_pages() -> None:
    """Forget every stored page, after the transaction that changed what they say."""
    transaction.on_commit(_new_version)


def _new_version() -> None:
    cache.set(_VERSION_KEY, time.time_ns(), None)


def _version() -> int:
    version: int | None = cache.get(_VERSION_KEY)
    if version is None:
        # Never reuse an old number: an evicted version must not bring old pages back.
        version = cache.get_or_set(_VERSION_KEY, time.time_ns, None)
    return version or 0


class PageCacheMiddleware:
    """Stands after the middlewares that set headers only, before sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The key is taken before the page is made: what was read before a purge is stored under the old version.
        key = _key(request)
        if key is None:
            return self.get_response(request)
        stored: StoredPage | None = cache.get(key)
        if stored is not None:
            return _served(request, stored)
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _may_be_stored(request, response):
            _finish(response)
            page = StoredPage(content=response.content, headers=dict(response.headers))
            cache.set(key, page, getattr(settings, "PAGE_CACHE_SECONDS", _DEFAULT_SECONDS))
            response.headers["X-Page-Cache"] = "stored"
        return response


def _key(request: HttpRequest) -> str | None:
    """None when this request must not be answered from the cache."""
    if request.method != "GET" or "Authorization" in request.headers:
        return None
    if not _HARMLESS_COOKIES.issuperset(request.COOKIES):
        return None
    allowed = getattr(settings, "PAGE_CACHE_QUERY_KEYS", _DEFAULT_QUERY_KEYS)
    if not set(allowed).issuperset(request.GET):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    language = translation.get_language_from_request(request, check_path=True)
    packed = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
    choice = display_of(request).cookie
    parts = (request.scheme or "", host, request.get_full_path(), language, choice, packed)
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"public-pages:{_version()}:{digest}"


def _may_be_stored(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        getattr(response, "public_page", False)
        and response.status_code == 200
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


def _finish(response: HttpResponse) -> None:
    """Browsers ask again each time (the display choice may have changed) and mostly get a 304."""
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    response.headers.setdefault("ETag", f'"{digest}"')
    response.headers.setdefault("Cache-Control", "no-cache")


def _served(request: HttpRequest, stored: StoredPage) -> HttpResponseBase:
    response = HttpResponse(stored["content"], headers=stored["headers"])
    response.headers["X-Page-Cache"] = "hit"
    answer = get_conditional_response(request, etag=stored["headers"]["ETag"], response=response)
    return answer or response
