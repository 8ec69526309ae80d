"""A name that can be compared with the paper but not read by a stranger."""

from __future__ import annotations

import re

from lms import vietnamese

_LETTERS = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*")
_SHORTEST_WITH_END = 4


def masked(name: str) -> str:
    """First letter of each word, and the last letter of a longer last word: K•• H•••n."""
    words = [_LETTERS.findall(word) for word in vietnamese.normal(name).split(" ") if word]
    hidden = [letters[0] + "•" * (len(letters) - 1) for letters in words]
    if words and len(words[-1]) >= _SHORTEST_WITH_END:
        hidden[-1] = hidden[-1][:-1] + words[-1][-1]
    return " ".join(hidden)
