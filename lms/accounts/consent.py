"""Consent: the words shown, who agreed when, and withdrawal. Nothing is ever ticked beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import AccountEvent, ConsentRecord, Person

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise as _StrPromise

TEXT_VERSION = "2026-11"


class Purpose(NamedTuple):
    code: str
    text: _StrPromise
    required: bool


LEARNING = Purpose(
    "learning",
    _(
        "I agree that this platform keeps my name, what I fill in here and my learning results, "
        "to organise my learning and to issue my certificates."
    ),
    required=True,
)
CONTACT = Purpose(
    "contact",
    _("I agree to be told about classes in my commune by phone or e-mail."),
    required=False,
)
STUDY = Purpose(
    "study",
    _("I agree that my answers, without my name, help to improve lessons and questions."),
    required=False,
)
PURPOSES = {purpose.code: purpose for purpose in (LEARNING, CONTACT, STUDY)}


def record_consent(person: Person, purpose: str, recorded_by: Person | None = None) -> ConsentRecord:
    """Keep what was agreed in the words that were shown; an open consent to the same words is not repeated."""
    wanted = PURPOSES[purpose]
    kept = person.consents.filter(
        purpose=purpose, text_version=TEXT_VERSION, withdrawn_at__isnull=True
    ).first()
    if kept is not None:
        return kept
    return ConsentRecord.objects.create(
        person=person,
        purpose=purpose,
        text_version=TEXT_VERSION,
        text=str(wanted.text),
        recorded_by=recorded_by,
    )


def record_consents(people: Iterable[Person], purpose: str, recorded_by: Person | None) -> None:
    """For many new people at once, by the person who asked them."""
    text = str(PURPOSES[purpose].text)
    ConsentRecord.objects.bulk_create(
        ConsentRecord(
            person=person, purpose=purpose, text_version=TEXT_VERSION, text=text, recorded_by=recorded_by
        )
        for person in people
    )


@transaction.atomic
def withdraw_consent(person: Person, purpose: str) -> bool:
    """Withdrawal is a date, not a deletion. False when there was nothing to withdraw."""
    changed = person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    if changed:
        AccountEvent.objects.create(
            person=person, actor=person, kind=AccountEvent.Kind.CONSENT_WITHDRAWN, detail=purpose
        )
    return bool(changed)


def has_consented(person: Person, purpose: str) -> bool:
    return person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).exists()
