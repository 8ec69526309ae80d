"""Certificate codes, pure: 15 random Crockford base-32 characters and a check symbol.

The sixteen symbols are the coefficients of a polynomial over GF(32) (reduction by x⁵+x²+1) that has the
generator 2 as a root. Symbol i has the weight 2^(15-i); all weights are different and none is zero, so every
change of one symbol and every swap of two different symbols breaks the check.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = frozenset(" \t\r\n\u00a0-‐‑‒–—_.")
_REDUCTION = 0b100101
# Longer input is no code; it is not even looked through.
_LONGEST_INPUT = 64


def new_code() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_symbol(body)


def check_symbol(body: str) -> str:
    """The symbol that makes the polynomial of ``body`` + symbol vanish at the generator."""
    return ALPHABET[_double(_at_generator(_VALUES[symbol] for symbol in body))]


def is_genuine(code: str) -> bool:
    """Sixteen symbols that satisfy the check."""
    if len(code) != LENGTH or any(symbol not in _VALUES for symbol in code):
        return False
    return _at_generator(_VALUES[symbol] for symbol in code) == 0


def read_code(text: str) -> str | None:
    """The code that somebody typed, or None: lower case, spaces, dashes, O for 0 and I or L for 1 are forgiven."""
    if len(text) > _LONGEST_INPUT:
        return None
    code = "".join(char for char in text if char not in _SEPARATORS).upper().translate(_LOOKALIKES)
    return code if is_genuine(code) else None


def shown(code: str) -> str:
    """Groups of four, as printed: 7K3M-Q9TX-2HVD-W5RX."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _double(value: int) -> int:
    value <<= 1
    return value ^ _REDUCTION if value & 32 else value


def _at_generator(values: Iterable[int]) -> int:
    """The polynomial at 2, by Horner's rule."""
    total = 0
    for value in values:
        total = _double(total) ^ value
    return total
