"""Append to the chain of a certificate, and check a chain."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from assessments.certificates.models import Certificate, CertificateEvent
from lms.accounts.api import Person

ISSUED = "issued"
RENEWED = "superseded"
REVOKED = "revoked"
DOWNLOADED = "downloaded"
REPRINTED = "reprinted"
_BATCH = 500


def record_event(
    certificate: Certificate, kind: str, actor: Person | None = None, details: Mapping[str, str] | None = None
) -> CertificateEvent:
    """Must stand in the transaction of the act that it records."""
    with transaction.atomic():
        # The row of the certificate is the lock: two events never take the same position.
        Certificate.objects.select_for_update().only("pk").get(pk=certificate.pk)
        last = CertificateEvent.objects.filter(certificate=certificate).order_by("-position").first()
        return _append(certificate, kind, actor, dict(details or {}), last)


def first_event(certificate: Certificate, details: Mapping[str, str]) -> CertificateEvent:
    """The issue itself: nobody else can see the certificate yet, so nothing needs to be read or locked."""
    return _append(certificate, ISSUED, None, dict(details), None)


def append_events(
    certificates: Iterable[Certificate], kind: str, actor: Person | None, details: Mapping[str, str]
) -> int:
    """The same event for many certificates; one transaction and four queries for each five hundred of them."""
    written = 0
    wanted = sorted({certificate.pk for certificate in certificates})
    for start in range(0, len(wanted), _BATCH):
        with transaction.atomic():
            # In one order, so that two lists at once never wait for each other.
            locked = Certificate.objects.select_for_update().filter(pk__in=wanted[start : start + _BATCH])
            found = list(locked.only("pk", "code").order_by("pk"))
            last = _last_events(found)
            events = [_next_event(one, kind, actor, dict(details), last.get(one.pk)) for one in found]
            written += len(CertificateEvent.objects.bulk_create(events))
    return written


def _last_events(certificates: list[Certificate]) -> dict[int, CertificateEvent]:
    later = CertificateEvent.objects.filter(
        certificate=OuterRef("certificate"), position__gt=OuterRef("position")
    )
    events = CertificateEvent.objects.filter(certificate__in=certificates)
    return {event.certificate_id: event for event in events.filter(~Exists(later))}


def _append(
    certificate: Certificate,
    kind: str,
    actor: Person | None,
    details: dict[str, str],
    last: CertificateEvent | None,
) -> CertificateEvent:
    event = _next_event(certificate, kind, actor, details, last)
    event.save()
    return event


def _next_event(
    certificate: Certificate,
    kind: str,
    actor: Person | None,
    details: dict[str, str],
    last: CertificateEvent | None,
) -> CertificateEvent:
    if actor is not None:
        # The person's own row may be erased later; the chain keeps a meaningless identifier.
        details["actor"] = str(actor.uuid)
    event = CertificateEvent(
        certificate=certificate,
        position=last.position + 1 if last else 1,
        kind=kind,
        at=timezone.now(),
        actor=actor,
        details=details,
        previous_hash=last.hash if last else "",
    )
    event.hash = _hash(certificate.code, event)
    return event


def chain_is_whole(certificate: Certificate) -> bool:
    """False when an event was changed, removed from the middle or put in later."""
    previous = ""
    events = list(CertificateEvent.objects.filter(certificate=certificate).order_by("position"))
    for position, event in enumerate(events, start=1):
        if event.position != position or event.previous_hash != previous:
            return False
        if event.hash != _hash(certificate.code, event):
            return False
        previous = event.hash
    return bool(events)


def _hash(code: str, event: CertificateEvent) -> str:
    content = {
        "code": code,
        "position": event.position,
        "kind": event.kind,
        "at": event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "details": event.details,
        "previous": event.previous_hash,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
