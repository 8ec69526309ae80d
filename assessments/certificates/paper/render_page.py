"""The paper form: A4 landscape, tagged, PDF/A-3 and PDF/UA-1, with the fonts of our packages only."""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
from collections.abc import Sequence
from pathlib import Path

import fontpkg_noto_serif
import fontpkg_source_sans_3
import segno
import typst
from django.utils import timezone

from assessments.certificates import codes
from assessments.certificates.credentials.addresses import certificate_address
from assessments.certificates.credentials.qr_address import qr_address
from assessments.certificates.models import Certificate
from lms import vietnamese
from lms.theme import written_numbers

_FOLDER = Path(__file__).parent
# A certificate is drawn with the template of its day, however often its file must be made again.
_TEMPLATES = {1: _FOLDER / "certificate.typ"}
_SEAL = _FOLDER / "seal_mark.typ"
_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


class PaperProblem(Exception):
    """typst warned: a letter without a glyph or a missing font would be printed wrong."""


def certificate_page(certificate: Certificate) -> bytes:
    """With its credential attached and room for the seal. Same certificate, same bytes."""
    title = f"Chứng nhận {certificate.number} – {vietnamese.normal(certificate.name)}"
    return _drawn([_words(certificate)], certificate, title, certificate.credential)


def print_pages(certificates: Sequence[Certificate]) -> bytes:
    """All of one template, for the printer only: the seal is drawn, the sealed files are the originals."""
    words = []
    for one in certificates:
        seal = seal_words(one.snapshot["issuer"], one.issued_on) | {"heading": "Bản in của tệp đã ký số"}
        words.append(_words(one) | {"seal": seal})
    return _drawn(words, certificates[0], "Chứng nhận", "")


def seal_words(issuer: str, day: dt.date) -> dict[str, str]:
    return {"heading": "Đã ký số", "issuer": issuer, "day": f"Ngày ký: {written_numbers.date(day)}"}


def seal_drawing(issuer: str, day: dt.date) -> bytes:
    """What shows in the signature field; untagged, because it is drawn inside another page."""
    words = json.dumps(seal_words(issuer, day), ensure_ascii=False)
    return _compiled(_SEAL, {"seal": words}, day, tagged=False)


def _drawn(words: list[dict[str, object]], first: Certificate, title: str, credential: str) -> bytes:
    template = _TEMPLATES[int(first.snapshot.get("template", 1))]
    paper = {"title": title, "credential": credential, "certificates": words}
    return _compiled(template, {"paper": json.dumps(paper, ensure_ascii=False)}, first.issued_on, tagged=True)


def _compiled(template: Path, inputs: dict[str, str], day: dt.date, *, tagged: bool) -> bytes:
    """The time in the file is the beginning of the day of issue here: never later than the issue itself."""
    made, warnings = typst.compile_with_warnings(
        str(template),
        root=str(_FOLDER),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=_STANDARDS if tagged else [],
        pdf_tags=tagged,
        timestamp=timezone.make_aware(dt.datetime.combine(day, dt.time())).astimezone(dt.UTC),
    )
    if warnings or not isinstance(made, bytes):
        raise PaperProblem("; ".join(warning.message for warning in warnings) or "no single file")
    return made


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(fontpkg_noto_serif.ROOT), str(fontpkg_source_sans_3.ROOT)],
    )


def _words(certificate: Certificate) -> dict[str, object]:
    address = certificate_address(certificate.code)
    said = certificate.snapshot
    return {
        "name": vietnamese.normal(certificate.name),
        "title": said["title"],
        "level": certificate.level,
        "criteria": said["criteria"],
        "issuer": said["issuer"],
        "measured": _measured(said),
        "number": certificate.number,
        "code": codes.shown(certificate.code),
        "address": address,
        "shown_address": address.partition("://")[2],
        "issued_on": written_numbers.date(certificate.issued_on),
        "valid_until": written_numbers.date(certificate.valid_until) if certificate.valid_until else "",
        "qr": _qr(qr_address(certificate)),
        "seal": None,
    }


def _measured(said: dict[str, object]) -> str:
    """A certificate is Vietnamese in every language of the site."""
    watched = "có giám sát" if said["supervised"] else "tự làm trên mạng, không giám sát"
    words = f"{said['items']} câu hỏi và việc làm thử, {watched}"
    coached = said.get("coached")
    return f"{words}; đã hướng dẫn {coached} người đạt" if coached else words


def _qr(text: str) -> str:
    """Level L at least: the ticket is long, and large modules scan better from paper than more correction."""
    drawing = io.BytesIO()
    segno.make(text, error="l", micro=False).save(drawing, kind="svg", border=0, scale=4, xmldecl=False)
    return drawing.getvalue().decode()
