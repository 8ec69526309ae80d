"""One answer for whatever somebody shows: a code, a PDF, a signed credential. For programs and for the command."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from assessments.certificates.check_code import CodeCheck, check_code
from assessments.certificates.codes import shown
from assessments.certificates.credentials.checked import Checked, Problem
from assessments.certificates.credentials.verify import verify_json, verify_jwt
from assessments.certificates.mask_name import masked
from assessments.certificates.models import Certificate
from assessments.certificates.verifying.check_pdf import FileAnswer, check_pdf

REFUSED = "refused"


@dataclass(frozen=True)
class Verification:
    """``genuine``: we issued exactly this. ``valid``: and it is in force now."""

    status: str
    genuine: bool
    valid: bool
    as_of: dt.datetime
    # Why a credential was refused, or what is wrong with a file.
    problem: str | None = None
    # What our own record says under the code that was shown.
    certificate: Certificate | None = None


def verify_code(text: str) -> Verification:
    return _of_record(check_code(text))


def verify_pdf(data: bytes) -> Verification:
    """Raises Busy."""
    file = check_pdf(data)
    named = file.named.certificate if file.named else None
    if file.answer == FileAnswer.GENUINE and file.named is not None:
        return _of_record(file.named)
    return Verification(str(file.answer), False, False, timezone.now(), str(file.answer), named)


def verify_credential(text: str) -> Verification:
    return _of_credential(verify_jwt(text))


def verify_document(text: str) -> Verification:
    return _of_credential(verify_json(text))


def described(verification: Verification) -> dict[str, str | bool | None]:
    """For a machine; the name stays masked, as on the public page."""
    answer: dict[str, str | bool | None] = {
        "status": verification.status,
        "genuine": verification.genuine,
        "valid": verification.valid,
        "as_of": timezone.localtime(verification.as_of).isoformat(timespec="seconds"),
        "problem": verification.problem,
    }
    certificate = verification.certificate
    if certificate is None:
        return answer
    return answer | {
        "code": shown(certificate.code),
        "number": certificate.number,
        "title": certificate.snapshot["title"],
        "skill": certificate.snapshot["skill"],
        "level": certificate.level,
        "name": masked(certificate.name),
        "issuer": certificate.snapshot["issuer"],
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat() if certificate.valid_until else None,
        "superseded_by": shown(certificate.successor.code) if certificate.successor else None,
    }


def _of_record(check: CodeCheck) -> Verification:
    return Verification(
        str(check.status), check.genuine, check.valid, timezone.now(), None, check.certificate
    )


def _of_credential(checked: Checked) -> Verification:
    """The signature, the published status list and our record must all agree before anything is called valid."""
    now = timezone.now()
    if not checked.genuine:
        return Verification(REFUSED, False, False, now, str(checked.problem or Problem.CONTENT))
    record = check_code(checked.code)
    if record.certificate is None:
        return Verification(REFUSED, False, False, now, str(Problem.CONTENT))
    if checked.valid or not record.valid:
        return _of_record(record)
    return Verification(str(checked.problem), True, False, now, str(checked.problem), record.certificate)
