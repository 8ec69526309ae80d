"""What we know about a code that somebody reads from a paper or a QR."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from assessments.certificates import codes
from assessments.certificates.models import Certificate


class CodeStatus(enum.StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"  # the check symbol is right, but nothing was issued under it
    MISTYPED = "mistyped"  # the check symbol is wrong: answered without the database


@dataclass(frozen=True)
class CodeCheck:
    status: CodeStatus
    certificate: Certificate | None = None

    @property
    def genuine(self) -> bool:
        """We issued it, whatever happened since."""
        return self.certificate is not None

    @property
    def valid(self) -> bool:
        return self.status == CodeStatus.VALID


def check_code(text: str) -> CodeCheck:
    code = codes.read_code(text)
    if code is None:
        return CodeCheck(CodeStatus.MISTYPED)
    certificate = Certificate.objects.select_related("superseded_by").filter(code=code).first()
    if certificate is None:
        return CodeCheck(CodeStatus.UNKNOWN)
    return CodeCheck(status_of(certificate), certificate)


def status_of(certificate: Certificate, on: dt.date | None = None) -> CodeStatus:
    """What weighs most comes first: withdrawn, then replaced, then out of date on the day (today)."""
    if certificate.revoked_at is not None:
        return CodeStatus.REVOKED
    if certificate.successor is not None:
        return CodeStatus.SUPERSEDED
    if certificate.expired(on):
        return CodeStatus.EXPIRED
    return CodeStatus.VALID
