"""JSON whose size, nesting and number of values are known before it is parsed."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from .limits import Limits

# Possessive, so that a long string costs no memory for going back.
_STRINGS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NOT_BRACKETS = re.compile(r"[^\[\]{}]+")
_SUSPICIOUS = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


class JsonError(ValueError):
    """Not JSON, or more of it than is taken; ``code`` tells which."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def parse(data: bytes, limits: Limits) -> Any:
    """Raises ``JsonError``; NaN, Infinity, lone surrogates and NUL are refused because databases refuse them."""
    if len(data) > limits.json_bytes:
        raise JsonError("json-too-large", f"JSON larger than {limits.json_bytes} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise JsonError("not-json", "not UTF-8") from None
    _measure(text, limits)
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        if _SUSPICIOUS.search(text):
            _refuse_unstorable(value)
    except (ValueError, RecursionError) as problem:
        raise JsonError("not-json", f"not JSON: {problem}"[:200]) from None
    return value


def _measure(text: str, limits: Limits) -> None:
    bare = _STRINGS.sub("", text)
    values = bare.count(",") + bare.count("[") + bare.count("{")
    if values > limits.json_values:
        raise JsonError("json-too-large", f"more than {limits.json_values} values")
    depth = 0
    for bracket in _NOT_BRACKETS.sub("", bare):
        depth += 1 if bracket in "[{" else -1
        if depth > limits.json_depth:
            raise JsonError("json-too-deep", f"nested deeper than {limits.json_depth}")


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _refuse_unstorable(value: object) -> None:
    plain = json.dumps(value, ensure_ascii=False)
    plain.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, a ValueError
    if "\\u0000" in plain:
        raise ValueError("NUL in a string")
