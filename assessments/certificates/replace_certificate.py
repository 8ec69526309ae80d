"""A new certificate takes the place of an old one: same achievement and level, new code, number and day of issue."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from assessments.certificates import codes
from assessments.certificates.check_code import CodeStatus, status_of
from assessments.certificates.credentials import status
from assessments.certificates.issue_certificate import make_soon, next_number
from assessments.certificates.models import Certificate, CertificateOrigin
from assessments.certificates.record_event import RENEWED, first_event, record_event
from lms.accounts.api import Person


class NotInForce(Exception):
    """It was withdrawn or replaced already."""


def replace_certificate(
    certificate: Certificate, name: str, origin: CertificateOrigin, actor: Person | None, cause: str
) -> Certificate:
    with transaction.atomic():
        number = next_number(timezone.localdate().year, certificate.achievement.issuer_code)
        # Read again behind the lock: two replacements at once must not both take the place of the same paper.
        old = Certificate.objects.select_related("superseded_by").get(pk=certificate.pk)
        if status_of(old) in {CodeStatus.REVOKED, CodeStatus.SUPERSEDED}:
            raise NotInForce
        newer = Certificate.objects.create(
            code=codes.new_code(),
            number=number,
            achievement_id=old.achievement_id,
            person_id=old.person_id,
            sitting_id=old.sitting_id,
            origin=origin,
            name=name,
            level=old.level,
            snapshot=old.snapshot,
            valid_until=old.valid_until,
            replaces=old,
        )
        first_event(newer, {"number": number, "replaces": old.code})
        record_event(old, RENEWED, actor, {"by": newer.code, "cause": cause})
        status.changed(old)
        make_soon(newer)
    return newer
