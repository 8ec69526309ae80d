"""How a value that a person typed or chose is compared with an expected one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lms import vietnamese

_NOT_TEXT = re.compile(r"[^\w\s']|_")
_NUMBER_DRESS = re.compile(r"[\s.,đ₫]|đồng|vnd|vnđ", re.IGNORECASE)
_DATE = re.compile(r"^\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})\s*$")
HOWS = ("exact", "text", "loose", "digits", "amount", "date", "host")


def _words(value: str) -> str:
    return " ".join(_NOT_TEXT.sub(" ", vietnamese.normal(value)).split())


def _digits(value: str) -> str:
    found = re.sub(r"\D", "", value)
    return "0" + found[2:] if value.strip().startswith("+84") else found


def _host(value: str) -> str:
    bare = re.sub(r"^https?://", "", value.strip().casefold())
    return bare.split("/", 1)[0].rstrip(".")


def _date(value: str) -> str:
    match = _DATE.match(value)
    return "-".join(str(int(part)) for part in match.groups()) if match else vietnamese.normal(value)


KEYS: dict[str, Callable[[str], str]] = {
    "exact": lambda value: value,
    "text": lambda value: vietnamese.same_tone_place(_words(value)),
    "loose": lambda value: vietnamese.without_tones(_words(value)),
    "digits": _digits,
    "amount": lambda value: _NUMBER_DRESS.sub("", value.casefold()).lstrip("0") or "0",
    "date": _date,
    "host": _host,
}


def same(given: Any, expected: Any, how: str = "exact") -> bool:
    """Whether ``given`` equals ``expected`` in the sense of ``how``; nothing typed never equals anything."""
    if given is None or given == "":
        return False
    if how == "exact":
        return bool(given == expected and isinstance(given, bool) == isinstance(expected, bool))
    key = KEYS[how]
    return bool(key(str(given)) == key(str(expected)))


def number(value: Any) -> int | None:
    """The whole number in a typed or stored value; lists count as their length."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, int):
        return int(value)
    plain = _NUMBER_DRESS.sub("", str(value or "").casefold())
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 12 else None


def expected(given: Any, wanted: Any, how: str = "exact") -> bool:
    """``wanted`` is a value, a list of accepted values, ``{between: [low, high]}`` or ``{mentions: [[…], […]]}``."""
    if isinstance(wanted, dict) and "between" in wanted:
        found = number(given)
        return found is not None and wanted["between"][0] <= found <= wanted["between"][1]
    if isinstance(wanted, dict) and "mentions" in wanted:
        text = f" {vietnamese.folded(_words(str(given or '')))} "
        return all(
            any(f" {vietnamese.folded(word)} " in text for word in group) for group in wanted["mentions"]
        )
    accepted = wanted if isinstance(wanted, list) else [wanted]
    return any(same(given, one, how) for one in accepted)


def _is_date(value: str) -> bool:
    match = _DATE.match(value)
    return bool(match and 1 <= int(match.group(1)) <= 31 and 1 <= int(match.group(2)) <= 12)


SHAPES: dict[str, Callable[[str], bool]] = {
    "phone": lambda value: bool(re.fullmatch(r"0\d{9}", _digits(value))),
    "id12": lambda value: len(_digits(value)) == 12,
    "pin6": lambda value: bool(re.fullmatch(r"\d{6}", value.strip())),
    "date": _is_date,
    "amount": lambda value: bool(number(value)),
    "host": lambda value: bool(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", _host(value))),
}
