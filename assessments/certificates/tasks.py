"""Work of this room for the worker."""

from __future__ import annotations

from celery import shared_task

from assessments.certificates import store_pdf


@shared_task(name="certificates.render", ignore_result=True)
def render_certificate(certificate_id: int) -> None:
    """Make and keep the PDF. Run twice, it does the work once."""
    store_pdf.store_pdf(certificate_id)


@shared_task(name="certificates.recover", ignore_result=True)
def recover_certificates() -> int:
    """Ask again for every certificate that was issued but whose PDF is not there."""
    pending = store_pdf.pending_ids()
    for certificate_id in pending:
        render_certificate.delay(certificate_id)
    return len(pending)
