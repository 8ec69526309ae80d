"""Pure: the marker of each answer card, 5 × 5 fields inside a black frame; a field is white where the bit is 1.

Any two of the sixty, and any one with itself turned, differ in at least 8 of 25 fields, so that one misread field
is never another card and never another letter. Found once by a seeded random search; printed cards rely on them.
"""

from __future__ import annotations

SIDE = 5
LETTERS = "ABCD"
CODES = (
    28334095, 12926687, 25432729, 29871629, 14112040, 32395625, 17155532, 16305027, 13587334, 30810831,
    27845242, 15991940, 12014143, 19575052, 30471212, 16934480, 20749020, 32976808, 30271666, 21489043,
    27012251, 24149281, 30770050, 10739250, 18128909, 3014005, 23465379, 9248746, 14073508, 16530771,
    2763978, 3870495, 9094524, 14298588, 2482923, 4016313, 19118259, 3933010, 443044, 11818728,
    20266118, 13528111, 19625608, 2142717, 20006510, 12874145, 1205739, 22364403, 3897417, 32740957,
    15287496, 31286924, 30192757, 1289068, 7550870, 17812023, 19509229, 28627444, 6000005, 19377094,
)  # fmt: skip
MOST_CARDS = len(CODES)


def white_fields(card: int) -> list[tuple[int, int]]:
    """(column, row) of the white fields of a card's marker; cards are numbered from 1."""
    code = CODES[card - 1]
    last = SIDE * SIDE - 1
    return [(place % SIDE, place // SIDE) for place in range(last + 1) if code >> (last - place) & 1]


def turned(code: int) -> int:
    """The same marker turned by a quarter, clockwise."""
    bits = [code >> (SIDE * SIDE - 1 - place) & 1 for place in range(SIDE * SIDE)]
    rows = ((SIDE - 1 - column) * SIDE + row for row in range(SIDE) for column in range(SIDE))
    return int("".join(str(bits[place]) for place in rows), 2)
