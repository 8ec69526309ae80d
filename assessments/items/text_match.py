"""Comparing what a person typed with accepted forms, tolerant of Vietnamese typing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lms import vietnamese

# Punctuation at the ends and quotation marks say nothing about what was meant.
_EDGES = " .,;:!?“”\"'"
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,6})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[. ,][0-9]{3}){1,5}")


def same_text(given: str, accepted: str, diacritics_optional: bool = False) -> bool:
    """Equal after normal form, case, tone placement, spaces and apostrophes; đ is never d.

    With ``diacritics_optional`` a word typed without any marks counts too, but a word with wrong marks does not.
    """
    if _key(given) == _key(accepted):
        return True
    if not diacritics_optional:
        return False
    typed, wanted = _words(given), _words(accepted)
    return len(typed) == len(wanted) and all(map(_same_word, typed, wanted))


def any_same(given: str, accepted: Iterable[str], diacritics_optional: bool = False) -> bool:
    return any(same_text(given, one, diacritics_optional) for one in accepted)


def number_in(text: str) -> float | None:
    """The number that a person typed in the Vietnamese way (35.000 or 35 000 or 2,5), else None."""
    cleaned = vietnamese.normal(text).casefold()
    for unit in ("đồng", "vnđ", "vnd", "đ"):
        cleaned = cleaned.removesuffix(unit).strip()
    if _GROUPED.fullmatch(cleaned):
        return float(re.sub(r"[. ,]", "", cleaned))
    if _NUMBER.fullmatch(cleaned):
        return float(cleaned.replace(",", "."))
    return None


def _key(text: str) -> str:
    return vietnamese.same_tone_place(vietnamese.normal(text).strip(_EDGES))


def _words(text: str) -> list[str]:
    return vietnamese.normal(text).casefold().strip(_EDGES).split(" ")


def _same_word(typed: str, wanted: str) -> bool:
    return _key(typed) == _key(wanted) or typed == vietnamese.without_tones(wanted)
