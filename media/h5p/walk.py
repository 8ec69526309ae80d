"""Walks through the parameters of a content: contents inside contents, pictures and sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def machine_name(library: object) -> str:
    """``H5P.Blanks 1.14`` → ``H5P.Blanks``."""
    return str(library).partition(" ")[0]


def nested_contents(library: str, params: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The content itself and every content inside it, as (machine name, parameters)."""
    yield machine_name(library), params
    for value in _objects(params):
        inner = value.get("params")
        if isinstance(value.get("library"), str) and isinstance(inner, dict):
            yield machine_name(value["library"]), inner


def media_paths(params: object) -> Iterator[str]:
    """Paths of the files that come with the content; addresses on the internet are none of them."""
    for value in _objects(params):
        path = value.get("path")
        if isinstance(path, str) and isinstance(value.get("mime"), str) and not is_remote(path):
            yield path.split("#", 1)[0]


def is_remote(path: str) -> bool:
    return "://" in path or path.startswith("//")


def _objects(value: object) -> Iterator[dict[str, Any]]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield one
            stack.extend(reversed(list(one.values())))
        elif isinstance(one, list):
            stack.extend(reversed(one))
