"""Ids made from titles and labels: editors never see them, and once made they stay. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lms import vietnamese

LONGEST = 32
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# What an id begins with tells people who read the YAML what it names.
_PREFIXES = {
    "button": "bt", "link": "lk", "icon": "ic", "card": "the", "payee": "nguoi", "field": "o", "passcode": "pc",
    "otp": "otp", "radio": "chon", "select": "chon", "picker": "chon", "checks": "chon", "toggle": "bat",
    "checkbox": "tich", "stepper": "so", "rows": "bang", "replies": "tl", "caller": "goi", "permission": "quyen",
    "scanner": "quet", "hotspot": "vung", "tabs": "muc",
}  # fmt: skip


def slug(text: str, joint: str = "_") -> str:
    """``Chọn ứng dụng`` becomes ``chon_ung_dung``; always begins with a letter, or is empty."""
    plain = _NOT_WORD.sub(joint, vietnamese.folded(text)).strip(joint)[:LONGEST].strip(joint)
    return plain if not plain or plain[0].isalpha() else f"n{joint}{plain}"[:LONGEST]


def fresh(text: str, taken: Iterable[str], fallback: str = "muc") -> str:
    """An id for ``text`` that nothing else has."""
    used = set(taken)
    base = slug(text) or fallback
    name, number = base, 2
    while name in used:
        name, number = f"{base}_{number}", number + 1
    return name


def element_id(kind: str, text: str, taken: Iterable[str]) -> str:
    prefix = _PREFIXES.get(kind, kind)
    return fresh(f"{prefix} {text}", taken, prefix)
