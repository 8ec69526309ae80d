"""Who checked a person's certificates, for that person only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from assessments.certificates.models import AnonymousChecks, CertificateEvent
from assessments.certificates.verifying.purposes import words_of
from assessments.certificates.verifying.record_view import VIEWED
from lms.accounts.api import Person

_SHOWN = 30
_DAYS = 30


@dataclass(frozen=True)
class Check:
    at: dt.datetime
    organisation: str
    purpose: str
    title: str


@dataclass(frozen=True)
class WhoChecked:
    checks: list[Check]
    more: int
    # Openings by people without an account, in the last ``days`` days.
    anonymous: int
    days: int = _DAYS


def who_checked(person: Person) -> WhoChecked:
    """Newest first; three queries for any number of checks."""
    events = CertificateEvent.objects.filter(certificate__person=person, kind=VIEWED)
    newest = events.select_related("certificate").order_by("-at", "-pk")[:_SHOWN]
    since = timezone.localdate() - dt.timedelta(days=_DAYS)
    counts = AnonymousChecks.objects.filter(certificate__person=person, day__gt=since)
    checks = [_check(event) for event in newest]
    more = events.count() - _SHOWN if len(checks) == _SHOWN else 0
    return WhoChecked(checks, more, counts.aggregate(sum=Sum("count"))["sum"] or 0)


def _check(event: CertificateEvent) -> Check:
    return Check(
        event.at,
        event.details.get("organisation", ""),
        words_of(event.details.get("purpose", "")),
        event.certificate.snapshot.get("title", ""),
    )
