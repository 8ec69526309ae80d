"""Data rights: what this room knows about a person, and forgetting it."""

from __future__ import annotations

import functools
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.certificates.check_code import status_of
from assessments.certificates.codes import shown
from assessments.certificates.credentials import status
from assessments.certificates.issuing import make_paper
from assessments.certificates.issuing.forget_in_batches import forget_in_batches
from assessments.certificates.models import Certificate, CertificateState
from assessments.certificates.record_event import REVOKED, record_event
from lms.accounts.api import Person

_REASON = "Người được cấp đã yêu cầu xóa dữ liệu của mình."


def forget_holder(person: Person) -> None:
    """Names, papers and credentials go; numbers stay without gaps, and the pages say that all are withdrawn."""
    for certificate in Certificate.objects.filter(person=person):
        if certificate.revoked_at is None:
            record_event(certificate, REVOKED, None, {"reason": _REASON})
        paper, storage = certificate.pdf.name, certificate.pdf.storage
        Certificate.objects.filter(pk=certificate.pk).update(
            person=None,
            name="",
            pdf="",
            credential="",
            ticket="",
            state=CertificateState.STORED,
            revoked_at=certificate.revoked_at or timezone.now(),
            revoke_reason=certificate.revoke_reason or _REASON,
        )
        status.changed(certificate)
        forget_in_batches(certificate)
        transaction.on_commit(functools.partial(make_paper.remove_drafts, certificate), robust=True)
        if paper:
            transaction.on_commit(functools.partial(storage.delete, paper), robust=True)


def export_person(person: Person) -> dict[str, Any]:
    certificates = Certificate.objects.filter(person=person).select_related("superseded_by")
    return {
        "certificates": [
            {
                "number": certificate.number,
                "code": shown(certificate.code),
                "name": certificate.name,
                "title": certificate.snapshot.get("title", ""),
                "level": certificate.level,
                "issued_on": certificate.issued_on.isoformat(),
                "valid_until": certificate.valid_until.isoformat() if certificate.valid_until else None,
                "status": str(status_of(certificate)),
            }
            for certificate in certificates
        ]
    }
