"""Every night: which certificates of somebody's staff expire soon or were withdrawn. Run twice, it tells once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessments.certificates.models import Certificate
from assessments.certificates.staff_checks.models import NoticeKind, StaffNotice, StaffSubscription
from assessments.certificates.staff_checks.staff_of_unit import staff_of
from lms.accounts.api import Person
from lms.organisations.api import STAFF_CHECK_ROLES, units_visible_to

# The nearest limit that a last day has passed; a missed night is made good by the next.
_LIMITS = (
    (7, NoticeKind.EXPIRES_7),
    (30, NoticeKind.EXPIRES_30),
    (60, NoticeKind.EXPIRES_60),
    (90, NoticeKind.EXPIRES_90),
)


def tell_officers(today: dt.date | None = None) -> int:
    """New notices, then one e-mail for each officer who wants it; how many notices were new."""
    day = today or timezone.localdate()
    told = 0
    for subscription in StaffSubscription.objects.select_related("person", "unit").order_by("pk"):
        if may_watch(subscription):
            told += _tell(subscription, day)
    _send_emails()
    return told


def may_watch(subscription: StaffSubscription) -> bool:
    """A role may have ended since; the subscription sleeps until it comes back."""
    person = subscription.person
    if not person.is_active or person.erased_at is not None:
        return False
    return units_visible_to(person, *STAFF_CHECK_ROLES).filter(pk=subscription.unit_id).exists()


def _tell(subscription: StaffSubscription, day: dt.date) -> int:
    person = subscription.person
    wanted = dict.fromkeys(_due(subscription, day))
    known = StaffNotice.objects.filter(person=person, certificate__in={pk for pk, _kind in wanted})
    there = set(known.values_list("certificate_id", "kind"))
    by_email = subscription.by_email and bool(person.email)
    fresh = [
        StaffNotice(person=person, certificate_id=pk, kind=kind, to_email=by_email)
        for pk, kind in wanted
        if (pk, kind) not in there
    ]
    StaffNotice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _due(subscription: StaffSubscription, day: dt.date) -> Iterator[tuple[int, str]]:
    """Certificate and kind of notice, for the people who belong to the unit today."""
    held = Certificate.objects.filter(person__in=staff_of(subscription.unit), superseded_by__isnull=True)
    last = day + timedelta(days=_LIMITS[-1][0])
    ending = held.filter(revoked_at__isnull=True, valid_until__range=(day, last))
    for pk, valid_until in ending.order_by("pk").values_list("pk", "valid_until"):
        if valid_until is not None:
            yield pk, next(kind for days, kind in _LIMITS if (valid_until - day).days <= days)
    withdrawn = held.filter(revoked_at__gte=subscription.created_at)
    for pk in withdrawn.order_by("pk").values_list("pk", flat=True):
        yield pk, NoticeKind.REVOKED


def _send_emails() -> None:
    """At least once: a crash between sending and noting may send a second one, never none."""
    waiting = StaffNotice.objects.filter(to_email=True, emailed_at__isnull=True)
    for person in Person.objects.filter(pk__in=waiting.values("person")).exclude(email=""):
        mine = waiting.filter(person=person)
        ids = list(mine.values_list("pk", flat=True))
        with translation.override("vi"):
            _send(person, Counter(mine.values_list("kind", flat=True)))
        StaffNotice.objects.filter(pk__in=ids).update(emailed_at=timezone.now())


def _send(person: Person, counts: Counter[str]) -> None:
    """Numbers only: names of staff do not travel by e-mail."""
    lines = [f"- {NoticeKind(kind).label}: {counts[kind]}" for kind in NoticeKind.values if counts[kind]]
    address = settings.SITE_URL.rstrip("/") + reverse("certificates:staff_checks:notices")
    send_mail(
        _("Certificates of your staff"),
        "\n".join([_("Certificates of your staff that need a look:"), *lines, "", _("See who:"), address]),
        None,
        [person.email],
    )
