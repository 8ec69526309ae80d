"""Sign the credential and the ticket of a certificate. Runs twice or five times at once, it signs once."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings

from assessments.certificates.credentials.addresses import (
    achievement_address,
    certificate_address,
    site_address,
    status_address,
)
from assessments.certificates.credentials.allocate_status import allocate_status
from assessments.certificates.credentials.jwt_text import signed_jwt
from assessments.certificates.credentials.open_badge import BadgeFacts, badge_claims
from assessments.certificates.credentials.ticket import KEY_ID_BYTES, Ticket, signed_ticket
from assessments.certificates.models import Certificate
from assessments.certificates.signing.jwk import thumbprint
from assessments.certificates.signing.keys import active_key, signer_of
from assessments.certificates.signing.make_key import issuer_did
from assessments.certificates.signing.models import KeyUse

_SALT_BYTES = 16
_FIELDS = ["credential", "credential_key", "ticket", "ticket_key", "status_list", "status_index"]


def sign_credential(certificate: Certificate) -> None:
    """Fill what is missing. No lock is held while a token or a remote service signs; the first to store wins."""
    allocate_status(certificate.pk)
    certificate.refresh_from_db(fields=_FIELDS)
    if not certificate.credential:
        _store(certificate, "credential", _signed_credential(certificate))
    if not certificate.ticket:
        _store(certificate, "ticket", _signed_ticket(certificate))
    certificate.refresh_from_db(fields=_FIELDS)


def _store(certificate: Certificate, field: str, values: dict[str, Any]) -> None:
    """An erased holder's certificate stays empty."""
    waiting = Certificate.objects.filter(pk=certificate.pk, person__isnull=False, **{field: ""})
    waiting.update(**values)


def _signed_credential(certificate: Certificate) -> dict[str, Any]:
    key = active_key(KeyUse.CREDENTIAL)
    return {
        "credential": signed_jwt(badge_claims(_facts(certificate)), signer_of(key)),
        "credential_key": key,
    }


def _signed_ticket(certificate: Certificate) -> dict[str, Any]:
    key = active_key(KeyUse.TICKET)
    assert certificate.status_list is not None and certificate.status_index is not None  # noqa: S101, PT018 - allocated before
    ticket = Ticket(
        code=certificate.code,
        name=certificate.name,
        skill=certificate.snapshot["skill_code"],
        level=certificate.level,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        status_list=certificate.status_list.number,
        status_index=certificate.status_index,
    )
    text = signed_ticket(ticket, signer_of(key), thumbprint(key.public_jwk)[:KEY_ID_BYTES])
    return {"ticket": text, "ticket_key": key}


def _facts(certificate: Certificate) -> BadgeFacts:
    said, achievement, person = certificate.snapshot, certificate.achievement, certificate.person
    assert certificate.status_list is not None and certificate.status_index is not None  # noqa: S101, PT018 - allocated before
    return BadgeFacts(
        address=certificate_address(certificate.code),
        site_url=site_address(),
        issuer_did=issuer_did(),
        issuer_name=said["issuer"],
        achievement_address=achievement_address(achievement.key, achievement.version),
        title=said["title"],
        skill=said["skill"],
        level=certificate.level,
        criteria=said["criteria"],
        evidence=_evidence(said),
        name=certificate.name,
        person=str(person.uuid) if person else "",
        subject=uuid.uuid4().urn,
        salt=secrets.token_hex(_SALT_BYTES),
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        status_address=status_address(certificate.status_list.number),
        status_index=certificate.status_index,
        time_zone=settings.TIME_ZONE,
    )


def _evidence(said: dict[str, Any]) -> str:
    """A credential speaks the language of its paper."""
    watched = "có người giám sát" if said["supervised"] else "không có người giám sát"
    return f"Đạt bài đánh giá gồm {said['items']} câu và việc, làm một mình, {watched}."
