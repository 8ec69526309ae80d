"""Learner cards on paper: A4, eight to a page, QR and PIN, with the fonts of our packages only."""

from __future__ import annotations

import functools
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import fontpkg_source_sans_3
import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from lms import vietnamese
from lms.accounts.issue_card import IssuedCard

_PAPER = Path(__file__).parent / "paper" / "cards.typ"


class PrintedCard(NamedTuple):
    issued: IssuedCard
    unit_name: str


class SheetProblem(Exception):
    """typst warned: a letter without a glyph would be printed as a box."""


def card_sheet_pdf(cards: Sequence[PrintedCard]) -> bytes:
    """The only copy of the PINs: it goes straight to the facilitator and is kept nowhere."""
    with translation.override("vi"):
        words = _words(cards)
    made, warnings = typst.compile_with_warnings(
        str(_PAPER),
        root=str(_PAPER.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"cards": json.dumps(words, ensure_ascii=False)},
    )
    if warnings or not isinstance(made, bytes):
        raise SheetProblem("; ".join(warning.message for warning in warnings))
    return made


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(fontpkg_source_sans_3.ROOT)],
    )


def _words(cards: Sequence[PrintedCard]) -> dict[str, object]:
    return {
        "title": gettext("Learner cards"),
        "heading": f"{settings.SITE_NAME} · {gettext('Learner card')}",
        "number_label": gettext("Card number"),
        "pin_label": gettext("PIN"),
        "qr_alt": gettext("Code to scan for signing in"),
        "advice": gettext("Scan the code, then type the PIN. Keep this card like a bank card."),
        "cards": [_card_words(card) for card in cards],
    }


def _card_words(card: PrintedCard) -> dict[str, str]:
    return {
        "name": vietnamese.normal(card.issued.card.person.get_full_name()),
        "unit": card.unit_name,
        "number": card.issued.card.number,
        "pin": card.issued.pin,
        "qr": _qr(f"{settings.SITE_URL}{reverse('accounts:card_token', args=[card.issued.token])}"),
    }


def _qr(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=2, scale=4, xmldecl=False)
    return drawing.getvalue().decode()
