"""POST /api/v1/verify: the same answers as the public pages, for programs. Needs no account."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from pydantic import model_validator

from assessments.certificates import throttle
from assessments.certificates.check_code import CodeStatus
from assessments.certificates.verifying.note_check import note_check
from assessments.certificates.verifying.open_pdf import MOST_BYTES, Busy
from assessments.certificates.verifying.purposes import FILE, PAGE
from assessments.certificates.verifying.verify import (
    Verification,
    described,
    verify_code,
    verify_credential,
    verify_document,
    verify_pdf,
)

router = Router(tags=["certificates"])
_LONGEST_TEXT = 64 * 1024
_BUSY_SECONDS = 15


class NotBase64(Exception):
    """The text of a PDF holds other letters than base64 has."""


class Question(Schema):
    """Exactly one of the four."""

    code: str | None = Field(None, max_length=64, examples=["7K3M-Q9TX-2HVD-W5RX"])
    jwt: str | None = Field(None, max_length=_LONGEST_TEXT, description="Open Badges 3.0 credential as JWT")
    document: dict[str, Any] | None = Field(
        None, alias="json", description="Open Badges 3.0 credential with its embedded proof"
    )
    pdf: str | None = Field(
        None, max_length=MOST_BYTES * 4 // 3 + 4, description="The sealed PDF in base64, at most 1.5 MB"
    )

    @model_validator(mode="after")
    def exactly_one(self) -> Question:
        given = (self.code, self.jwt, self.document, self.pdf)
        if sum(value is not None for value in given) != 1:
            raise ValueError("give exactly one of code, jwt, json, pdf")
        return self


class Answer(Schema):
    """``genuine``: we issued exactly this. ``valid``: and it is in force at ``as_of``."""

    status: str = Field(
        description=(
            "valid, expired, revoked, superseded, unknown, mistyped; for files also altered, not_ours, no_seal, "
            "no_certificate, unreadable; for credentials also refused, not_yet, status_unknown"
        )
    )
    genuine: bool
    valid: bool
    as_of: str
    problem: str | None = Field(
        None,
        description=(
            "malformed, algorithm, foreign_key, unknown_key, signature, issuer, content, not_yet, expired, "
            "withdrawn, status_unknown, or what is wrong with the file"
        ),
    )
    code: str | None = None
    number: str | None = None
    title: str | None = None
    skill: str | None = None
    level: str | None = None
    name: str | None = Field(None, description="partly masked")
    issuer: str | None = None
    issued_on: str | None = None
    valid_until: str | None = None
    superseded_by: str | None = None


class Trouble(Schema):
    detail: str


@router.post(
    "/verify",
    response={200: Answer, 422: Trouble, 429: Trouble},
    exclude_none=True,
    summary="Is this certificate genuine and in force?",
)
def verify(request: HttpRequest, question: Question, response: HttpResponse) -> Any:
    """Always 200 for a question that could be read; the answer tells genuine and valid apart."""
    budgets = [throttle.QUESTIONS] if question.code is not None else [throttle.QUESTIONS, throttle.FILES]
    wait = throttle.seconds_to_wait(request, *budgets)
    if wait:
        return _wait(response, wait)
    for budget in budgets:
        throttle.count(request, budget)
    try:
        verification = _verified(question)
    except NotBase64:
        return Status(422, {"detail": "pdf is not base64"})
    except Busy:
        return _wait(response, _BUSY_SECONDS)
    _note(request, question, verification)
    response["Cache-Control"] = "no-store"
    return described(verification)


def _verified(question: Question) -> Verification:
    if question.code is not None:
        return verify_code(question.code)
    if question.jwt is not None:
        return verify_credential(question.jwt)
    if question.document is not None:
        return verify_document(json.dumps(question.document))
    try:
        data = base64.b64decode(question.pdf or "", validate=True)
    except ValueError:
        raise NotBase64 from None
    return verify_pdf(data)


def _note(request: HttpRequest, question: Question, verification: Verification) -> None:
    """Guessing is counted; what was found is told to its holder."""
    if verification.status in {CodeStatus.UNKNOWN, CodeStatus.MISTYPED}:
        throttle.count_failure(request)
    elif verification.genuine and verification.certificate is not None:
        note_check(request, verification.certificate, PAGE if question.code is not None else FILE)


def _wait(response: HttpResponse, seconds: int) -> Status[dict[str, str]]:
    response["Retry-After"] = str(seconds)
    return Status(429, {"detail": f"too many questions; wait {seconds} seconds"})
