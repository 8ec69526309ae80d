"""A card and its PIN open the account of its holder; a few wrong PINs lock the card."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from lms.accounts.issue_card import pin_hash, token_hash
from lms.accounts.models import MOST_PIN_FAILURES, AccountEvent, LearnerCard, Person
from lms.accounts.second_factor import needs_second_factor


class CardLocked(Exception):
    """Too many wrong PINs; only a new card helps."""


def card_by_number(number: str) -> LearnerCard | None:
    return _valid_cards().filter(number=number).first()


def card_by_token(token: str) -> LearnerCard | None:
    return _valid_cards().filter(token_hash=token_hash(token)).first()


def open_card(card: LearnerCard, pin: str) -> Person | None:
    """The holder when the PIN is right. Wrong tries are counted in the database, also when they come at once."""
    with transaction.atomic():
        tried = LearnerCard.objects.filter(pk=card.pk, failures__lt=MOST_PIN_FAILURES).update(
            failures=F("failures") + 1
        )
        if not tried:
            raise CardLocked
        card.refresh_from_db()
        if constant_time_compare(card.pin_hash, pin_hash(card.number, pin)):
            LearnerCard.objects.filter(pk=card.pk).update(failures=0, last_used_at=timezone.now())
            return None if needs_second_factor(card.person) else card.person
        if card.is_locked:
            AccountEvent.objects.create(
                person=card.person, kind=AccountEvent.Kind.CARD_LOCKED, detail=card.number
            )
    return None


def _valid_cards() -> QuerySet[LearnerCard]:
    return LearnerCard.objects.filter(revoked_at__isnull=True, person__is_active=True).select_related(
        "person"
    )
