"""Words and sentences of a Vietnamese text as the content guide counts them. Pure."""

from __future__ import annotations

import re

from lms import vietnamese

# A sentence may end inside its quotation marks: “Đọc mã đi.” Chị nên làm gì?
_END = re.compile(r"[.!?…:;][”\"’)]*(?=\s|$)|\n")
_FULL_STOP = re.compile(r"[.!?…][”\"’)]*(?=\s|$)|\n")
_TOKEN = re.compile(r"\w+(?:'\w+)?")


def words(text: str) -> list[str]:
    """Whitespace tokens that hold a letter or a digit: Vietnamese writes one syllable a token."""
    return [token for token in text.split() if any(char.isalnum() for char in token)]


def sentences(text: str) -> list[str]:
    """What one breath reads; a colon or semicolon ends it too."""
    return [part.strip() for part in _END.split(text) if words(part)]


def full_sentences(text: str) -> list[str]:
    return [part.strip() for part in _FULL_STOP.split(text) if words(part)]


def folded_tokens(text: str) -> list[str]:
    """Lower case, no diacritics, no punctuation."""
    return _TOKEN.findall(vietnamese.folded(text))


def short(text: str, longest: int = 60) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
