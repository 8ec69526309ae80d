"""A wrong name is corrected by a new certificate that takes the place of the old one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from assessments.certificates import codes
from assessments.certificates.check_code import CodeStatus, status_of
from assessments.certificates.issue_certificate import make_soon, next_number
from assessments.certificates.models import Certificate, CertificateOrigin
from assessments.certificates.record_event import RENEWED, first_event, record_event
from lms import vietnamese
from lms.accounts.api import Person


class CannotCorrect(Exception):
    """The certificate is withdrawn or was replaced already, or the new name is empty."""


def correct_name(certificate: Certificate, name: str, actor: Person | None) -> Certificate:
    """Same achievement, level and last day; new name, code, number and day of issue."""
    new_name = vietnamese.normal(name)
    if not new_name or len(new_name) > 150:
        raise CannotCorrect("the name is empty or too long")
    with transaction.atomic():
        number = next_number(timezone.localdate().year)
        # Read again behind the lock: two corrections at once must not both replace the same paper.
        old = Certificate.objects.select_related("superseded_by").get(pk=certificate.pk)
        if status_of(old) in {CodeStatus.REVOKED, CodeStatus.SUPERSEDED}:
            raise CannotCorrect("only the certificate in force can be corrected")
        corrected = _copy(old, new_name, number)
        first_event(corrected, {"number": number, "replaces": old.code})
        record_event(old, RENEWED, actor, {"by": corrected.code, "cause": "name"})
        make_soon(corrected)
    return corrected


def _copy(old: Certificate, name: str, number: str) -> Certificate:
    return Certificate.objects.create(
        code=codes.new_code(),
        number=number,
        achievement_id=old.achievement_id,
        person_id=old.person_id,
        sitting_id=old.sitting_id,
        origin=CertificateOrigin.CORRECTION,
        name=name,
        level=old.level,
        snapshot=old.snapshot,
        valid_until=old.valid_until,
        replaces=old,
    )
