"""Issue certificates for a passed sitting: once, numbered without gaps, in the caller's transaction."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from assessments.certificates import codes
from assessments.certificates.credentials import status
from assessments.certificates.issuing.award_rule import refusal
from assessments.certificates.models import Achievement, Award, Certificate, CertificateOrigin, NumberSeries
from assessments.certificates.record_event import RENEWED, first_event, record_event
from assessments.certificates.tasks import render_certificate
from assessments.sittings.api import Sitting
from lms import vietnamese


def issue_for_sitting(sitting: Sitting) -> None:
    """Listener on finished sittings: one certificate per achievement that this sitting has earned."""
    if not sitting.passed or sitting.person_id is None:
        return
    achievements = Achievement.objects.filter(
        blueprint_id=sitting.blueprint_id, active=True, award=Award.SITTING
    )
    newest = {
        achievement.key: achievement
        for achievement in achievements.select_related("skill").order_by("version")
    }
    for achievement in newest.values():
        if refusal(sitting, achievement) is None:
            issue_certificate(sitting, achievement)


def issue_certificate(
    sitting: Sitting, achievement: Achievement, evidence: Mapping[str, int] | None = None
) -> Certificate:
    """The certificate of this sitting and achievement, made now or found as made before."""
    try:
        # The savepoint gives the number back when another transaction was first.
        with transaction.atomic():
            return _issue(sitting, achievement, evidence or {})
    except IntegrityError:
        earned = Certificate.objects.filter(origin=CertificateOrigin.EARNED)
        return earned.get(sitting=sitting, achievement=achievement)


def _issue(sitting: Sitting, achievement: Achievement, evidence: Mapping[str, int]) -> Certificate:
    person = sitting.person
    assert person is not None  # noqa: S101 - the award rule has looked
    today = timezone.localdate()
    number = next_number(today.year, achievement.issuer_code)
    earlier = _in_force(sitting, achievement)
    certificate = Certificate.objects.create(
        code=codes.new_code(),
        number=number,
        achievement=achievement,
        person=person,
        sitting=sitting,
        name=vietnamese.normal(person.get_full_name()),
        level=achievement.level,
        snapshot={**_snapshot(sitting, achievement), **evidence},
        issued_on=today,
        valid_until=months_later(today, achievement.validity_months),
        replaces=earlier,
    )
    first_event(certificate, {"number": number, "replaces": earlier.code if earlier else ""})
    if earlier is not None:
        record_event(earlier, RENEWED, None, {"by": certificate.code, "cause": "renewal"})
        status.changed(earlier)
    make_soon(certificate)
    return certificate


def _in_force(sitting: Sitting, achievement: Achievement) -> Certificate | None:
    """An earlier certificate of the same thing that this one renews; a revoked one stays as it is."""
    return (
        Certificate.objects.filter(
            person=sitting.person,
            achievement__key=achievement.key,
            superseded_by__isnull=True,
            revoked_at__isnull=True,
        )
        .exclude(sitting=sitting)
        .order_by("-pk")
        .first()
    )


def _snapshot(sitting: Sitting, achievement: Achievement) -> dict[str, Any]:
    return {
        "title": achievement.title,
        "criteria": achievement.criteria,
        "skill": achievement.skill.name,
        "skill_code": achievement.skill.code,
        "issuer": achievement.issuer,
        "items": _number_of_items(sitting),
        "supervised": sitting.supervised,
        "provisional": _is_provisional(sitting, achievement.skill.code),
        "template": achievement.template_version,
    }


def _is_provisional(sitting: Sitting, skill: str) -> bool:
    """While experts guessed how hard the items are, or where only points decided."""
    known = sitting.estimates.get(skill)
    return known is None or bool(known["provisional"])


def _number_of_items(sitting: Sitting) -> int:
    answered = sum(part["n"] for part in sitting.estimates.values())
    if answered:
        return int(answered)
    parts = sitting.frozen.get("parts") or []
    planned = sum(int(part.get("count", 0)) for part in parts)
    return planned or sitting.items.count()


def next_number(year: int, issuer_code: str = "") -> str:
    """The issuer's next number of the year. The row stays locked until the caller's transaction ends."""
    series = NumberSeries.objects.filter(issuer_code=issuer_code, year=year)
    if not series.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(issuer_code=issuer_code, year=year)
        series.update(last=F("last") + 1)
    number = f"{year}-{series.values_list('last', flat=True).get():06d}"
    return f"{issuer_code}-{number}" if issuer_code else number


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or the last day of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def make_soon(certificate: Certificate) -> None:
    """Ask the worker for the PDF once the transaction is durable; a lost message is found by the recovery."""
    pk = certificate.pk
    transaction.on_commit(lambda: render_certificate.delay(pk), robust=True)
