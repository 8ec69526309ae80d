"""A key with which a program of an agency checks staff: shown once, kept as a hash, for one unit, for half a year."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from assessments.certificates.staff_checks.models import OfficerToken
from lms import vietnamese
from lms.accounts.api import Person
from lms.organisations.api import STAFF_CHECK_ROLES, Unit, units_visible_to

VALID_DAYS = 180
MOST_TOKENS = 10
_BEGINNING = "bdhvs_"
_NOTED_EVERY = timedelta(minutes=1)


class TooManyTokens(Exception):
    """Withdraw one first."""


def issue_token(person: Person, unit: Unit, name: str) -> str:
    """The key itself; it is never seen again."""
    if open_tokens(person).count() >= MOST_TOKENS:
        raise TooManyTokens
    text = _BEGINNING + secrets.token_urlsafe(32)
    OfficerToken.objects.create(
        person=person,
        unit=unit,
        name=vietnamese.normal(name)[:80],
        token_hash=_hash(text),
        first_letters=text[:12],
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    return text


def token_of(text: str) -> OfficerToken | None:
    """The key that this is, while it is in force and its officer may still check staff of the unit."""
    if not text.startswith(_BEGINNING) or len(text) > 100:
        return None
    tokens = OfficerToken.objects.select_related("person", "unit")
    token = tokens.filter(_in_force(), token_hash=_hash(text)).first()
    if token is None or not token.person.is_active or token.person.erased_at is not None:
        return None
    if not units_visible_to(token.person, *STAFF_CHECK_ROLES).filter(pk=token.unit_id).exists():
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _NOTED_EVERY:
        OfficerToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def open_tokens(person: Person) -> QuerySet[OfficerToken]:
    return OfficerToken.objects.filter(_in_force(), person=person).select_related("unit")


def revoke_token(person: Person, token_uuid: uuid.UUID) -> bool:
    mine = OfficerToken.objects.filter(person=person, uuid=token_uuid, revoked_at__isnull=True)
    return bool(mine.update(revoked_at=timezone.now()))


def _in_force() -> Q:
    return Q(revoked_at__isnull=True, expires_at__gt=timezone.now())


def _hash(text: str) -> str:
    """The key is 256 random bits: a slow hash would add nothing."""
    return hashlib.sha256(text.encode()).hexdigest()
