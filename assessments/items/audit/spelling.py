"""E08: one way of writing every Vietnamese letter. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assessments.items.audit.bank import Bank, id_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.plain_text import short
from assessments.items.audit.texts import texts_of

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
# Open oa, oe, uy carry the tone on the first vowel: hòa, khỏe, thủy. In “quý” the u belongs to the consonant.
_TONE_SECOND = re.compile(r"\w*(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_BENT_APOSTROPHE = re.compile(r"\w*[A-Za-z][’ʼ‘`´]\w+")


def faults(bank: Bank) -> Iterator[Fault]:
    for content in [*bank.audited, *bank.lessons]:
        for field, text in [*texts_of(content), ("source", str(content.get("source") or ""))]:
            for message in _problems(text):
                yield Fault("E08", id_of(content), field, message)


def _problems(text: str) -> Iterator[str]:
    if unicodedata.normalize("NFC", text) != text:
        yield f"is not NFC: {short(text)}"
        return
    if _INVISIBLE.search(text):
        yield f"holds an invisible character: {short(text)}"
    for word in _TONE_SECOND.findall(text):
        yield f"the tone of “{word}” stands on the second vowel"
    for word in _BENT_APOSTROPHE.findall(text):
        yield f"the apostrophe of “{word}” is not '"
