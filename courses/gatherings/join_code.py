"""Pure: six digits that people read aloud; the last refuses every wrong digit and swap of neighbours (Damm)."""

from __future__ import annotations

_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
LENGTH = 6
CODES = 10 ** (LENGTH - 1)


def with_check_digit(number: int) -> str:
    """The code of a number below ``CODES``."""
    digits = f"{number:0{LENGTH - 1}d}"
    return digits + str(_rest(digits))


def is_code(text: str) -> bool:
    """Six ASCII digits whose check digit fits."""
    return len(text) == LENGTH and text.isascii() and text.isdigit() and _rest(text) == 0


def typed(text: str) -> str:
    """What a person typed, without the spaces, dots and hyphens that people put between digits."""
    return "".join(sign for sign in text[:40] if sign.isascii() and sign.isdigit())


def _rest(digits: str) -> int:
    rest = 0
    for digit in digits:
        rest = _TABLE[rest][int(digit)]
    return rest
