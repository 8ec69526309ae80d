"""What this site keeps about a person's account, as plain data for the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lms.accounts.models import AccountEvent, Person

Exporter = Callable[[Person], dict[str, Any]]
_parts: dict[str, Exporter] = {}


def add_export_part(name: str, exporter: Exporter) -> None:
    """Upper rooms add what they keep about a person; called once per room when the site starts."""
    _parts[name] = exporter


def export_parts(person: Person) -> dict[str, Any]:
    """Everything that the whole site keeps about a person, room by room."""
    return {"accounts": export_person(person), **{name: part(person) for name, part in _parts.items()}}


def export_person(person: Person) -> dict[str, Any]:
    """Everything of this room, without secrets; upper rooms add theirs."""
    return {
        "account": _account(person),
        "consents": [
            {
                "purpose": consent.purpose,
                "text_version": consent.text_version,
                "text": consent.text,
                "given_at": consent.given_at.isoformat(),
                "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
            }
            for consent in person.consents.all()
        ],
        "cards": [
            {
                "number": card.number,
                "issued_at": card.issued_at.isoformat(),
                "revoked_at": card.revoked_at.isoformat() if card.revoked_at else None,
                "last_used_at": card.last_used_at.isoformat() if card.last_used_at else None,
            }
            for card in person.cards.all()
        ],
        "events": [
            {"kind": event.kind, "detail": event.detail, "at": event.at.isoformat()}
            for event in AccountEvent.objects.filter(person=person)
        ],
    }


def _account(person: Person) -> dict[str, Any]:
    return {
        "username": person.username,
        "full_name": person.full_name,
        "e_mail": person.email,
        "phone": person.phone,
        "birth_year": person.birth_year,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "audience": person.audience,
        "language": person.language,
        "date_joined": person.date_joined.isoformat(),
        "last_login": person.last_login.isoformat() if person.last_login else None,
    }
