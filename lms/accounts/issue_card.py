"""Learner cards: issue, replace, withdraw.

Token and PIN are drawn from the request that asks for the card and the site's secret, so that a request sent twice
gives the same card and the same paper. The request is not kept, only its hash: the database alone opens no card.
A PIN of six digits cannot be guarded by a slow hash, so it is keyed with the site's secret and locked after
a few wrong tries.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lms.accounts.models import AccountEvent, LearnerCard, Person
from lms.accounts.second_factor import needs_second_factor

_NUMBER_TRIES = 5


class IssuedCard(NamedTuple):
    """The only moment when token and PIN are known."""

    card: LearnerCard
    token: str
    pin: str


class CardRefused(Exception):
    """This person must sign in with a password and a second factor, never with a card."""


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def pin_hash(number: str, pin: str) -> str:
    return salted_hmac("lms.accounts.card.pin", f"{number}:{pin}", algorithm="sha256").hexdigest()


def issue_card(person: Person, issued_by: Person | None, request_uuid: uuid.UUID | None = None) -> IssuedCard:
    """A fresh card; earlier cards of the person stop working."""
    if needs_second_factor(person):
        raise CardRefused(person.username)
    request = f"{request_uuid or uuid.uuid4()}:{person.uuid}"
    token, pin = _secrets(request)
    request_hash = hashlib.sha256(request.encode()).hexdigest()
    kept = LearnerCard.objects.filter(request_hash=request_hash).first()
    if kept is not None:
        return IssuedCard(kept, token, pin)
    with transaction.atomic():
        _revoke(person, issued_by)
        card = _new_card(person, issued_by, token, pin, request_hash)
        AccountEvent.objects.create(
            person=person, actor=issued_by, kind=AccountEvent.Kind.CARD_ISSUED, detail=card.number
        )
    return IssuedCard(card, token, pin)


@transaction.atomic
def revoke_cards(person: Person, revoked_by: Person | None) -> int:
    """Withdraw every card of the person; returns how many there were."""
    return _revoke(person, revoked_by)


def _revoke(person: Person, actor: Person | None) -> int:
    valid = list(person.cards.filter(revoked_at__isnull=True))
    for card in valid:
        card.revoked_at = timezone.now()
        card.save(update_fields=["revoked_at"])
        AccountEvent.objects.create(
            person=person, actor=actor, kind=AccountEvent.Kind.CARD_REVOKED, detail=card.number
        )
    return len(valid)


def _new_card(
    person: Person, issued_by: Person | None, token: str, pin: str, request_hash: str
) -> LearnerCard:
    for tries_left in reversed(range(_NUMBER_TRIES)):
        number = f"{secrets.randbelow(10**8):08d}"
        try:
            with transaction.atomic():
                return LearnerCard.objects.create(
                    person=person,
                    issued_by=issued_by,
                    number=number,
                    token_hash=token_hash(token),
                    pin_hash=pin_hash(number, pin),
                    request_hash=request_hash,
                )
        except IntegrityError:
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def _secrets(request: str) -> tuple[str, str]:
    digest = salted_hmac("lms.accounts.card.secrets", request, algorithm="sha256").digest()
    token = base64.b32encode(digest[:20]).decode().lower()
    return token, f"{int.from_bytes(digest[20:]) % 10**6:06d}"
