"""Withdraw a certificate. It stays on record and its page says so."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from assessments.certificates.credentials import status
from assessments.certificates.models import Certificate
from assessments.certificates.record_event import REVOKED, record_event
from lms import vietnamese
from lms.accounts.api import Person


class CannotRevoke(Exception):
    """No reason was given."""


def revoke_certificate(certificate: Certificate, reason: str, actor: Person | None) -> bool:
    """False when it was withdrawn before: the first reason stays."""
    words = vietnamese.normal(reason)[:300]
    if not words:
        raise CannotRevoke("a reason is needed")
    with transaction.atomic():
        open_ones = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True)
        if not open_ones.update(revoked_at=timezone.now(), revoke_reason=words):
            return False
        record_event(certificate, REVOKED, actor, {"reason": words})
        status.changed(certificate)
    certificate.refresh_from_db(fields=["revoked_at", "revoke_reason"])
    return True
