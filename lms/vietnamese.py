"""Vietnamese text, pure: one normal form, folding for search, loose comparison, sorting of names.

Imports no Django, so that parsers, graders and tests can use it anywhere.
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'"})
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
# Letters in dictionary order; the five tones follow within each letter.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_VOWEL_MARKS = {"\u0306", "\u0302", "\u031b"}


def normal(text: str) -> str:
    """NFC, one apostrophe, single spaces, no control or invisible characters."""
    cleaned = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", cleaned.translate(_APOSTROPHES)).strip()


def folded(text: str) -> str:
    """Search key: no diacritics, đ = d, lower case. ``Định Hoà`` and ``dinh hòa`` give the same key."""
    plain = normal(text).replace("đ", "d").replace("Đ", "D")
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def same_tone_place(text: str) -> str:
    """Comparison key that keeps every letter and tone but not where the tone stands (hòa = hoà)."""
    words = []
    for word in normal(text).casefold().split(" "):
        decomposed = unicodedata.normalize("NFD", word)
        tones = "".join(c for c in decomposed if c in _TONES)
        letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
        words.append(letters + tones)
    return " ".join(words)


def without_tones(text: str) -> str:
    """Comparison key without tone and vowel marks; đ stays đ."""
    decomposed = unicodedata.normalize("NFD", normal(text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _letter_key(char: str) -> tuple[int, int]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONES[c] for c in decomposed if c in _TONES), 0)
    base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    place = _LETTERS.find(base)
    return (place if place >= 0 else len(_LETTERS) + ord(base[0]), tone)


def sort_key(full_name: str) -> str:
    """Order of Vietnamese lists: given name (last word) first, then the rest; letters before tones.

    The key is a plain string, so that a database sorts by it without knowing Vietnamese.
    """
    words = normal(full_name).casefold().split(" ")
    ordered = [words[-1], *words[:-1]]
    letters, tones = [], []
    for word in ordered:
        keys = [_letter_key(c) for c in word]
        letters.append("".join(f"{place:03x}" for place, _ in keys))
        tones.append("".join(str(tone) for _, tone in keys))
    return (" ".join(letters) + "!" + " ".join(tones))[:600]
