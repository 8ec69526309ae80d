"""Who looked at a certificate: an officer by organisation and purpose, a stranger as a count of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from assessments.certificates.models import Certificate, CertificateEvent
from assessments.certificates.record_event import append_events, record_event
from lms.accounts.api import Person
from lms.organisations.api import Unit

VIEWED = "viewed"
_COUNT = """
INSERT INTO certificates_anonymouschecks (certificate_id, day, count) VALUES (%s, %s, 1)
ON CONFLICT (certificate_id, day) DO UPDATE SET count = certificates_anonymouschecks.count + 1
"""


def record_view(certificate: Certificate, organisation: Unit, purpose: str, actor: Person) -> None:
    """Once a day per officer and purpose: opening the page again is the same check."""
    details = _details(organisation, purpose)
    with transaction.atomic():
        Certificate.objects.select_for_update().only("pk").get(pk=certificate.pk)
        if not _seen_today(certificate, actor, details):
            record_event(certificate, VIEWED, actor, details)


def record_views(certificates: Iterable[Certificate], organisation: Unit, purpose: str, actor: Person) -> int:
    """For a list of staff: one event for each certificate, in few queries; how many were written."""
    return append_events(certificates, VIEWED, actor, _details(organisation, purpose))


def count_anonymous(certificate: Certificate, day: dt.date | None = None) -> None:
    """One query; two visitors at once both count."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [certificate.pk, day or timezone.localdate()])


def _details(organisation: Unit, purpose: str) -> dict[str, str]:
    """The name of today: the unit may be renamed or merged later."""
    return {"organisation": organisation.full_title, "unit": str(organisation.uuid), "purpose": purpose}


def _seen_today(certificate: Certificate, actor: Person, details: dict[str, str]) -> bool:
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    events = CertificateEvent.objects.filter(
        certificate=certificate, kind=VIEWED, actor=actor, at__gte=morning
    )
    return any(
        event.details.get("purpose") == details["purpose"] and event.details.get("unit") == details["unit"]
        for event in events
    )
