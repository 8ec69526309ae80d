"""Seal a page with the issuer's certificate: PAdES, visible, and no change allowed afterwards."""

from __future__ import annotations

import datetime as dt
import io
import tempfile

from django.conf import settings
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, SimpleBoxLayoutRule
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.stamp import StaticStampStyle

from assessments.certificates.own_loop import in_own_loop
from assessments.certificates.paper.render_page import seal_drawing
from assessments.certificates.signing.seal_identity import SealIdentity

FIELD = "seal"
# Where certificate.typ leaves room, 165 to 231 mm from the left and 30 to 60 mm from below, in points.
_PLACE = (468, 85, 655, 170)

_FILL = SimpleBoxLayoutRule(
    AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, inner_content_scaling=InnerScaling.STRETCH_TO_FIT
)


def sealed_pdf(page: bytes, issuer: str, issued_on: dt.date, identity: SealIdentity) -> bytes:
    """PAdES B-B; B-T when a time-stamp server is configured. One incremental update; the page's bytes stay."""
    writer = IncrementalPdfFileWriter(io.BytesIO(page))
    spoken = f"Con dấu ký số của {issuer}"
    field = SigFieldSpec(FIELD, on_page=0, box=_PLACE, readable_field_name=spoken)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=issuer,
        reason="Cấp chứng nhận",
    )
    with tempfile.NamedTemporaryFile(suffix=".pdf") as drawing:
        drawing.write(seal_drawing(issuer, issued_on))
        drawing.flush()
        page_of_seal = ImportedPdfPage(drawing.name)  # type: ignore[no-untyped-call]
        style = StaticStampStyle(background=page_of_seal, background_layout=_FILL, border_width=0)
        signer = PdfSigner(
            metadata,
            identity.pdf_signer(),
            timestamper=time_stamper(),
            stamp_style=style,
            new_field_spec=field,
        )
        made: io.BytesIO = in_own_loop(lambda: signer.sign_pdf(writer))
    return made.getvalue()


def time_stamper() -> TimeStamper | None:
    """None where no time-stamp server is configured."""
    address = settings.TIME_STAMP_SERVER
    if not address:
        return None
    return RequestsHTTPTimeStamper(  # type: ignore[no-untyped-call]
        address, timeout=settings.TIME_STAMP_SECONDS
    )
