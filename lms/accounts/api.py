"""The door of this room: people, consent, cards, data rights, second factor."""

from __future__ import annotations

from lms.accounts.card_sheet import PrintedCard, card_sheet_pdf
from lms.accounts.consent import has_consented, record_consent, record_consents, withdraw_consent
from lms.accounts.demo_people import load_demo_people
from lms.accounts.erase_person import erase_person, on_erased
from lms.accounts.export_person import add_export_part, export_parts, export_person
from lms.accounts.issue_card import CardRefused, IssuedCard, issue_card, revoke_cards
from lms.accounts.models import AccountEvent, Audience, ConsentRecord, LearnerCard, Person
from lms.accounts.phone import normal_phone
from lms.accounts.second_factor import missing_step, needs_second_factor, require_second_factor_when
from lms.accounts.usernames import new_username

__all__ = [
    "AccountEvent",
    "Audience",
    "CardRefused",
    "ConsentRecord",
    "IssuedCard",
    "LearnerCard",
    "Person",
    "PrintedCard",
    "add_export_part",
    "card_sheet_pdf",
    "erase_person",
    "export_parts",
    "export_person",
    "has_consented",
    "issue_card",
    "load_demo_people",
    "missing_step",
    "needs_second_factor",
    "new_username",
    "normal_phone",
    "on_erased",
    "record_consent",
    "record_consents",
    "require_second_factor_when",
    "revoke_cards",
    "withdraw_consent",
]
