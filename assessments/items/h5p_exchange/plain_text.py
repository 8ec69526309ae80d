"""Between the HTML of H5P and the plain text of items. Pure: no Django."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

from assessments.items.h5p_exchange.refusal import NotSayable
from lms import vietnamese

LONGEST = 1000  # as the form of an item takes
_LONGEST_RAW = 20_000
_PICTURE = re.compile(r"<(?:img|video|audio|iframe|object|embed|svg|math|table)\b", re.IGNORECASE)
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6])\s*>|\r\n|\r|\n", re.IGNORECASE)


def plain(html: object, longest: int = LONGEST) -> str:
    """Normal form, without tags; raises ``NotSayable`` for pictures and for what is too long."""
    if not isinstance(html, str):
        return ""
    if len(html) > _LONGEST_RAW:
        raise NotSayable("too-long")
    if _PICTURE.search(html):
        raise NotSayable("has-media")
    spaced = _LINE_END.sub(" ", html)
    text = vietnamese.normal(unescape(nh3.clean(spaced, tags=set())))
    if len(text) > longest:
        raise NotSayable("too-long", text[:60])
    return text


def plain_lines(html: object) -> list[str]:
    """The lines that are not empty."""
    if not isinstance(html, str):
        return []
    if len(html) > _LONGEST_RAW:
        raise NotSayable("too-long")
    return [line for line in map(plain, _LINE_END.split(html)) if line]


def as_html(text: object) -> str:
    return escape(vietnamese.normal(str(text)), quote=False)


def paragraph(text: object) -> str:
    return f"<p>{as_html(text)}</p>"
