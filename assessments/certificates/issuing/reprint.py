"""Make the paper of a certificate again: same certificate, same credential, a new seal; on record."""

from __future__ import annotations

from django.db import transaction

from assessments.certificates.issue_certificate import make_soon
from assessments.certificates.models import Certificate, CertificateState
from assessments.certificates.record_event import REPRINTED, record_event
from lms.accounts.api import Person


def reprint(certificate: Certificate, actor: Person | None, cause: str) -> bool:
    """False while it is being made anyway, or when its holder was erased."""
    with transaction.atomic():
        stored = Certificate.objects.filter(
            pk=certificate.pk, state=CertificateState.STORED, person__isnull=False
        )
        if not stored.update(state=CertificateState.PENDING):
            return False
        record_event(certificate, REPRINTED, actor, {"cause": cause})
        make_soon(certificate)
    return True
