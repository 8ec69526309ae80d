"""What stands in the QR of a paper: the page of the certificate, and behind # the ticket, which no server ever sees."""

from __future__ import annotations

from assessments.certificates.credentials.addresses import certificate_address
from assessments.certificates.models import Certificate


def qr_address(certificate: Certificate) -> str:
    """Without a ticket the address alone, which is what papers had before."""
    address = certificate_address(certificate.code)
    return f"{address}#{certificate.ticket}" if certificate.ticket else address
