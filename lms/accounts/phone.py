"""Vietnamese phone numbers in one written form: ten digits that begin with 0."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"0[35789]\d{8}")
_FILLING = re.compile(r"[\s.\-()]")


def normal_phone(text: str) -> str | None:
    """``+84 912 345 678`` and ``0912.345.678`` are the same number; None when it is not a mobile number."""
    digits = _FILLING.sub("", text)
    for prefix in ("+84", "0084", "84"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
            break
    return digits if _MOBILE.fullmatch(digits) and digits.isascii() else None
