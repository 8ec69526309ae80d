"""Make the PDF of a certificate and keep it: pending → stored. Idempotent at every step."""

from __future__ import annotations

from django.core.files.base import ContentFile

from assessments.certificates.models import Certificate, CertificateState
from assessments.certificates.render_pdf import certificate_pdf


def pending_ids() -> list[int]:
    pending = Certificate.objects.filter(state=CertificateState.PENDING)
    return list(pending.order_by("pk").values_list("pk", flat=True))


def store_pdf(certificate_id: int) -> bool:
    """True when this call made the file; False when there was nothing to do."""
    certificate = Certificate.objects.filter(pk=certificate_id, state=CertificateState.PENDING).first()
    if certificate is None:
        return False
    storage = certificate.pdf.storage
    # The name follows from the certificate: a run after a crash writes over its own half-done work.
    name = f"{certificate.issued_on.year}/{certificate.code}.pdf"
    if storage.exists(name):
        storage.delete(name)
    stored_name = storage.save(name, ContentFile(certificate_pdf(certificate)))
    pending = Certificate.objects.filter(pk=certificate_id, state=CertificateState.PENDING)
    return bool(pending.update(state=CertificateState.STORED, pdf=stored_name))
