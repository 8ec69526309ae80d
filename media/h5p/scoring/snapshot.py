"""Reads what a player gives: ``{"statement": …, "children": […], "state": …}``. The score inside is never looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import ResponseError
from .result import mapping

_LONGEST_RESPONSE = 64 * 1024
_MOST_PARTS = 2_000
_DEEPEST = 8
_SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``response`` is None when there was none; ``children`` is None when the player gave no such list."""

    response: str | None
    state: Any
    children: tuple[Snapshot, ...] | None
    sub_content: str | None


def read_snapshot(data: object, depth: int = 0) -> Snapshot:
    """Raises ``ResponseError``."""
    if isinstance(data, Snapshot):
        return data
    if not isinstance(data, dict) or depth > _DEEPEST:
        raise ResponseError("bad-snapshot", "a snapshot is an object with a statement")
    statement = data.get("statement", {})
    if not isinstance(statement, dict):
        raise ResponseError("bad-snapshot", "the statement is not an object")
    return Snapshot(
        _response(statement), data.get("state"), _children(data.get("children"), depth), _identity(statement)
    )


def _response(statement: Mapping[str, Any]) -> str | None:
    response = mapping(statement.get("result")).get("response")
    if response is None:
        return None
    if isinstance(response, bool):
        return "true" if response else "false"
    if isinstance(response, int):
        response = str(response) if abs(response) < 10**9 else None
    if not isinstance(response, str) or len(response) > _LONGEST_RESPONSE:
        raise ResponseError("bad-response", "the response is not a text of proper length")
    return response


def _children(value: object, depth: int) -> tuple[Snapshot, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > _MOST_PARTS:
        raise ResponseError("bad-snapshot", "children is not a list of proper length")
    return tuple(read_snapshot(child, depth + 1) for child in value if child is not None)


def _identity(statement: Mapping[str, Any]) -> str | None:
    target = mapping(statement.get("object"))
    extensions = mapping(mapping(target.get("definition")).get("extensions"))
    named = extensions.get(_SUB_CONTENT)
    if isinstance(named, str):
        return named
    address = target.get("id")
    if isinstance(address, str) and "subContentId=" in address:
        return address.rpartition("subContentId=")[2].partition("&")[0]
    return None


def parts(response: str | None) -> list[str]:
    """``0[,]2`` → ``["0", "2"]``; nothing → none."""
    if not response:
        return []
    found = response.split("[,]")
    if len(found) > _MOST_PARTS:
        raise ResponseError("bad-response", "too many parts")
    return found


def indexes(snapshot: Snapshot, state: object, count: int) -> list[int]:
    """Distinct indexes below ``count``, from the state where there is one, else from the response."""
    raw: list[object] = list(state) if isinstance(state, list) else [*parts(snapshot.response)]
    found = [index_of(one, count) for one in raw]
    if len(set(found)) != len(found):
        raise ResponseError("impossible-response", "the same choice twice")
    return found


def index_of(value: object, count: int) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 7:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ResponseError("bad-response", "not an index")
    if not 0 <= value < count:
        raise ResponseError("impossible-response", f"index {value} of {count}"[:100])
    return value
