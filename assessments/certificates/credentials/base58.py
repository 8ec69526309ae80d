"""Base 58 as Bitcoin writes it, with the multibase letter z; pure."""

from __future__ import annotations

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}


def multibase(data: bytes) -> str:
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters = _ALPHABET[rest] + letters
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


def from_multibase(text: str) -> bytes:
    """Raises ValueError for what is no base58btc multibase text."""
    letters = text[1:]
    if not text.startswith("z") or len(text) > 200 or any(letter not in _VALUES for letter in letters):
        raise ValueError("not base58btc")
    number = 0
    for letter in letters:
        number = number * 58 + _VALUES[letter]
    zeros = len(letters) - len(letters.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
