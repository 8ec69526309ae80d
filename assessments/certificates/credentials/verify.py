"""Check a credential or a ticket that somebody shows: signature, content, time and the published status list."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from assessments.certificates import codes
from assessments.certificates.credentials.addresses import status_address
from assessments.certificates.credentials.checked import Checked, Problem, Refused
from assessments.certificates.credentials.open_badge import document_of
from assessments.certificates.credentials.open_signed import (
    LONGEST,
    open_document,
    open_jwt,
    open_ticket_with,
)
from assessments.certificates.credentials.status import published
from assessments.certificates.credentials.status_bits import BadStatusList, is_withdrawn
from assessments.certificates.credentials.ticket import Ticket
from assessments.certificates.models import Certificate
from assessments.certificates.signing.jwk import from_base64url
from assessments.certificates.signing.keys import verification_keys
from assessments.certificates.signing.models import KeyUse


def verify_jwt(text: str) -> Checked:
    """The JWT that is attached to a paper or kept in a wallet."""
    try:
        claims = open_jwt(text.strip(), _keys(KeyUse.CREDENTIAL))
        code = _code_of(claims)
    except Refused as refused:
        return Checked(False, refused.problem)
    return Checked(True, _problem_of(claims), code, document_of(claims))


def verify_json(content: str | dict[str, Any]) -> Checked:
    """The JSON credential with its embedded proof."""
    try:
        document = open_document(_read(content), _keys(KeyUse.PROOF))
        code = _code_of(document)
        _must_be_ours(code, document)
    except Refused as refused:
        return Checked(False, refused.problem)
    return Checked(True, _problem_of(document), code, document)


def verify_ticket(text: str) -> Checked:
    """The part of a QR behind the #."""
    try:
        ticket = open_ticket_with(text.strip().removeprefix("#"), _keys(KeyUse.TICKET))
    except Refused as refused:
        return Checked(False, refused.problem)
    return Checked(True, _ticket_problem(ticket), ticket.code, _ticket_content(ticket))


def _keys(use: KeyUse) -> dict[str, dict[str, Any]]:
    return {key.kid: key.public_jwk for key in verification_keys(use)}


def _read(content: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(content, str):
        if len(content) > LONGEST:
            raise Refused(Problem.MALFORMED)
        try:
            content = json.loads(content)
        except (ValueError, RecursionError):
            raise Refused(Problem.MALFORMED) from None
    if not isinstance(content, dict):
        raise Refused(Problem.MALFORMED)
    return content


def _code_of(content: dict[str, Any]) -> str:
    """Status lists are signed with the same keys; they are no certificates."""
    types = content.get("type")
    code = codes.read_code(str(content.get("id", "")).rpartition("/")[2])
    if not isinstance(types, list) or "OpenBadgeCredential" not in types or code is None:
        raise Refused(Problem.CONTENT)
    return code


def _must_be_ours(code: str, document: dict[str, Any]) -> None:
    """Proofs are made on demand, only ever of what was issued."""
    credential = Certificate.objects.filter(code=code).values_list("credential", flat=True).first()
    if not credential:
        raise Refused(Problem.CONTENT)
    if document_of(json.loads(from_base64url(credential.split(".")[1]))) != document:
        raise Refused(Problem.CONTENT)


def _problem_of(content: dict[str, Any]) -> Problem | None:
    status = content["credentialStatus"]
    withdrawn = _withdrawal(status["statusListCredential"], int(status["statusListIndex"]))
    if withdrawn is not None:
        return withdrawn
    now = timezone.now()
    if now < dt.datetime.fromisoformat(content["validFrom"]):
        return Problem.NOT_YET
    until = content.get("validUntil")
    return Problem.EXPIRED if until and now > dt.datetime.fromisoformat(until) else None


def _ticket_problem(ticket: Ticket) -> Problem | None:
    withdrawn = _withdrawal(status_address(ticket.status_list), ticket.status_index)
    if withdrawn is not None:
        return withdrawn
    today = timezone.localdate(timezone=ZoneInfo(settings.TIME_ZONE))
    if today < ticket.issued_on:
        return Problem.NOT_YET
    return Problem.EXPIRED if ticket.valid_until and today > ticket.valid_until else None


def _withdrawal(address: str, index: int) -> Problem | None:
    """Reads the list as it is published, its signature included, as any stranger would."""
    number = address.rpartition("/")[2]
    status_list = published(int(number)) if number.isdecimal() else None
    if status_list is None:
        return Problem.STATUS_UNKNOWN
    try:
        listed = open_jwt(status_list.jwt_text, _keys(KeyUse.CREDENTIAL))
        return Problem.WITHDRAWN if is_withdrawn(listed, index, timezone.now()) else None
    except (Refused, BadStatusList):
        return Problem.STATUS_UNKNOWN


def _ticket_content(ticket: Ticket) -> dict[str, Any]:
    return {
        "name": ticket.name,
        "skill": ticket.skill,
        "level": ticket.level,
        "issued_on": ticket.issued_on.isoformat(),
        "valid_until": ticket.valid_until.isoformat() if ticket.valid_until else None,
        "status_list": ticket.status_list,
        "status_index": ticket.status_index,
    }
