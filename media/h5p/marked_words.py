"""Splits the text of Mark the Words exactly as its player does, since responses are indexes of its words.

The player cuts at every white space. A Vietnamese word often has two syllables ("*xin chào*"): inside one pair of
asterisks they stay together only when joined by a no-break space and surrounded by plain spaces; ``join_phrases``
writes them so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

_JS_SPACE = r"\t\n\x0b\x0c\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_PIECE = re.compile(rf" \*[^* ]+\* |[^{_JS_SPACE}]+")
# Looks never beyond the next "<", so that hostile text takes no time; the standard parser would take minutes.
_TAG = re.compile(r"""(<[a-zA-Z/!](?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>)""")
_BREAK = re.compile(r"&nbsp;|\r\n|\n|\r")
_BEFORE, _AFTER = '[({⟨¿¡“"«„', '",….:;?!])}⟩»”'  # punctuation that belongs to no word
# Two asterisks are one plain asterisk, and inside a pair there is no space at the ends.
_PHRASE = re.compile(r" ?(?<!\*)\*(?![\s*])([^*<>\n]*[^*<>\n\s])\*(?!\*) ?")
_NO_BREAK = "\xa0"
LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class Word:
    """One word that can be marked."""

    text: str
    is_answer: bool


def words(html: str) -> list[Word]:
    """Every word that can be marked, in the order of the player's indexes. Raises ``ValueError`` on very long text."""
    found: list[Word] = []

    def collect(text: str) -> str:
        found.extend(Word(entry, _is_answer(entry)) for _, entry, _ in _entries(text))
        return text

    _rewrite(html, collect)
    return found


def without_key(html: str) -> str:
    """The same words under the same indexes, without the asterisks that tell which are right."""

    def strip(text: str) -> str:
        return " ".join(before + _plain(entry) + after for before, entry, after in _pieces(text))

    return _rewrite(html, lambda text: _framed(text, strip(text)))


def has_split_phrase(html: str) -> bool:
    """Does a pair of asterisks hold several syllables that the player would cut apart?"""
    found = False

    def look(text: str) -> str:
        nonlocal found
        found = found or any(" " in phrase[1].strip() for phrase in _PHRASE.finditer(text))
        return text

    _rewrite(html, look)
    return found


def join_phrases(html: str) -> str:
    """Joins the syllables of each marked phrase so that the player keeps them as one word."""

    def join(text: str) -> str:
        return _PHRASE.sub(_joined, text)

    return _rewrite(html, join)


def _joined(phrase: re.Match[str]) -> str:
    syllables = phrase[1].split()
    if len(syllables) < 2:
        return phrase[0]
    return f" *{_NO_BREAK.join(syllables)}* "


def _rewrite(html: str, on_text: Callable[[str], str]) -> str:
    if len(html) > LONGEST_TEXT:
        raise ValueError(f"a text to mark words in may have {LONGEST_TEXT} characters")
    pieces = _TAG.split(html)
    pieces[::2] = [escape(on_text(unescape(text)), quote=False) for text in pieces[::2]]
    return "".join(pieces)


def _framed(old: str, new: str) -> str:
    """Keeps the white space at both ends, which holds neighbouring tags apart."""
    if not new:
        return old
    return (" " if old[:1].isspace() else "") + new + (" " if old[-1:].isspace() else "")


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    for piece in _PIECE.findall(_BREAK.sub(" ", text)):
        entry = piece.strip(" ")
        start = len(entry) - len(entry.lstrip(_BEFORE))
        end = max(start, len(entry.rstrip(_AFTER)))
        yield entry[:start], entry[start:end], entry[end:]


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    return (piece for piece in _pieces(text) if piece[1])


def _is_answer(entry: str) -> bool:
    bare = entry.replace("**", "")
    return len(bare) > 2 and bare.startswith("*") and (bare.endswith("*") or bare[-2] == "*")


def _plain(entry: str) -> str:
    return entry.replace("*", "") if _is_answer(entry) else entry
