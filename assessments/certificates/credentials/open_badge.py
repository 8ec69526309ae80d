"""The content of a credential: Open Badges 3.0 on W3C Verifiable Credentials 2.0, pure.

https://www.imsglobal.org/spec/ob/v3p0/ and https://www.w3.org/TR/vc-data-model-2.0/
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from assessments.certificates.credentials.contexts import CREDENTIALS, OPEN_BADGES

# Registered claims that only the JWT has (Open Badges 3.0, section 8.2.4).
JWT_CLAIMS = frozenset({"iss", "jti", "nbf", "exp", "sub"})


@dataclass(frozen=True)
class BadgeFacts:
    """What a credential is made of. ``name`` and ``person`` leave this module as salted hashes only."""

    address: str
    site_url: str
    issuer_did: str
    issuer_name: str
    achievement_address: str
    title: str
    skill: str
    level: str
    criteria: str
    evidence: str
    name: str
    person: str
    subject: str
    salt: str
    issued_on: dt.date
    valid_until: dt.date | None
    status_address: str
    status_index: int
    time_zone: str


def badge_claims(facts: BadgeFacts) -> dict[str, Any]:
    """The whole payload of the JWT: the credential itself, and the registered claims beside it."""
    start, end = _start(facts), _end(facts)
    claims: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": facts.address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.title,
        "issuer": {
            "id": facts.issuer_did,
            "type": ["Profile"],
            "name": facts.issuer_name,
            "url": facts.site_url,
        },
        "validFrom": start.isoformat(),
        "credentialSubject": _subject(facts),
        "evidence": [{"type": ["Evidence"], "name": facts.skill, "narrative": facts.evidence}],
        "credentialStatus": {
            "id": f"{facts.status_address}#{facts.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(facts.status_index),
            "statusListCredential": facts.status_address,
        },
        "iss": facts.issuer_did,
        "jti": facts.address,
        "nbf": int(start.timestamp()),
        "sub": facts.subject,
    }
    if end is not None:
        claims |= {"validUntil": end.isoformat(), "exp": int(end.timestamp())}
    return claims


def document_of(claims: dict[str, Any]) -> dict[str, Any]:
    """The same credential as plain JSON, where the claims of a JWT have no meaning."""
    return {name: value for name, value in claims.items() if name not in JWT_CLAIMS}


def hashed_identity(value: str, salt: str) -> str:
    """As Open Badges 3.0 writes it; whoever knows the value and the salt can compare."""
    plain = unicodedata.normalize("NFC", value) + salt
    return "sha256$" + hashlib.sha256(plain.encode()).hexdigest()


def described_achievement(address: str, title: str, criteria: str) -> dict[str, Any]:
    """The level is a result of the achievement, as Open Badges wants it."""
    level = {
        "id": _level_address(address),
        "type": ["ResultDescription"],
        "name": "Mức độ",
        "resultType": "PerformanceLevel",
    }
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": title,
        "description": criteria,
        "criteria": {"narrative": criteria},
        "inLanguage": "vi",
        "resultDescription": [level],
    }


def _level_address(achievement: str) -> str:
    return f"{achievement}#level"


def _subject(facts: BadgeFacts) -> dict[str, Any]:
    level_address = _level_address(facts.achievement_address)
    return {
        "id": facts.subject,
        "type": ["AchievementSubject"],
        "identifier": [
            _identity("name", facts.name, facts.salt),
            _identity("systemId", facts.person, facts.salt),
        ],
        "achievement": described_achievement(facts.achievement_address, facts.title, facts.criteria),
        "result": [{"type": ["Result"], "resultDescription": level_address, "value": facts.level}],
    }


def _identity(kind: str, value: str, salt: str) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": hashed_identity(value, salt),
        "identityType": kind,
        "salt": salt,
    }


def _start(facts: BadgeFacts) -> dt.datetime:
    return dt.datetime.combine(facts.issued_on, dt.time(), ZoneInfo(facts.time_zone))


def _end(facts: BadgeFacts) -> dt.datetime | None:
    """The last day counts as a whole."""
    if facts.valid_until is None:
        return None
    return dt.datetime.combine(facts.valid_until, dt.time(23, 59, 59), ZoneInfo(facts.time_zone))
