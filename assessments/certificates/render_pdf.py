"""The paper form of a certificate: one A4 page, tagged (PDF/UA-1), with the fonts of our packages only."""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
from pathlib import Path

import fontpkg_noto_serif
import fontpkg_source_sans_3
import segno
import typst
from django.conf import settings

from assessments.certificates import codes
from assessments.certificates.models import Certificate
from lms import vietnamese
from lms.theme import written_numbers

PAPER = Path(__file__).parent / "paper" / "certificate.typ"


class PaperProblem(Exception):
    """typst warned: a letter without a glyph or a missing font would be printed wrong."""


def certificate_pdf(certificate: Certificate) -> bytes:
    """Same certificate, same bytes: the time in the file is the day of issue."""
    midday = dt.datetime.combine(certificate.issued_on, dt.time(12), tzinfo=dt.UTC)
    made, warnings = typst.compile_with_warnings(
        str(PAPER),
        root=str(PAPER.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"certificate": json.dumps(_words(certificate), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=midday,
    )
    if warnings or not isinstance(made, bytes):
        raise PaperProblem("; ".join(warning.message for warning in warnings) or "more than one page")
    return made


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(fontpkg_noto_serif.ROOT), str(fontpkg_source_sans_3.ROOT)],
    )


def check_address(code: str) -> str:
    """Where the QR leads: the public page of this certificate."""
    return f"{settings.SITE_URL.rstrip('/')}/c/{codes.shown(code)}"


def _words(certificate: Certificate) -> dict[str, object]:
    address = check_address(certificate.code)
    said = certificate.snapshot
    return {
        "name": vietnamese.normal(certificate.name),
        "title": said["title"],
        "skill": said["skill"],
        "level": certificate.level,
        "criteria": said["criteria"],
        "issuer": said["issuer"],
        "items": said["items"],
        "supervised": said["supervised"],
        "number": certificate.number,
        "code": codes.shown(certificate.code),
        "address": address,
        "issued_on": written_numbers.date(certificate.issued_on),
        "valid_until": written_numbers.date(certificate.valid_until) if certificate.valid_until else "",
        "qr": _qr(address),
    }


def _qr(address: str) -> str:
    """Level M: a scratched or coffee-stained paper still scans."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=4, scale=4, xmldecl=False)
    return drawing.getvalue().decode()
