"""The filters of the catalogue are plain links that keep the other wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Choice:
    label: str | Promise
    href: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    key: str
    label: str
    choices: Sequence[Choice]


def filter_of(
    request: HttpRequest, key: str, label: str, options: Sequence[tuple[str, str | Promise]]
) -> Filter:
    chosen = request.GET.get(key, "")
    return Filter(
        key, label, [Choice(name, _address(request, key, value), value == chosen) for value, name in options]
    )


def _address(request: HttpRequest, key: str, value: str) -> str:
    """This page with one wish changed, from the first page of the list."""
    query = request.GET.copy()
    query.pop("trang", None)
    query.pop(key, None)
    if value:
        query[key] = value
    return f"?{query.urlencode()}" if query else request.path
