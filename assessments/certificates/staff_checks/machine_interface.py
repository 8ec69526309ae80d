"""``/api/v1/checks`` for programs of agencies: a key made at /can-bo/khoa/, one unit, at most 20,000 rows."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Router, Schema, Status
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from assessments.certificates.staff_checks.columns import BIRTH, CODE, FULL_NAME, STAFF_NUMBER
from assessments.certificates.staff_checks.keep_list import (
    Sender,
    begin_check,
    give_to_worker,
    keep,
    stands_still,
    start_check,
)
from assessments.certificates.staff_checks.listed_rows import MOST_ROWS
from assessments.certificates.staff_checks.models import (
    CheckSource,
    CheckState,
    OfficerToken,
    StaffCheck,
    StaffCheckRow,
)
from assessments.certificates.staff_checks.officer_token import token_of
from assessments.certificates.staff_checks.report import answer
from assessments.certificates.staff_checks.run_check import run_check

AT_ONCE = 1_000


class OfficerKey(HttpBearer):
    """``Authorization: Bearer bdhvs_…``"""

    def authenticate(self, request: HttpRequest, token: str) -> OfficerToken | None:
        return token_of(token)


router = Router(tags=["staff checks"], auth=OfficerKey(), throttle=[AuthRateThrottle("60/m")])


class ListedPerson(Schema):
    """Code, else staff number, else name with date or year of birth."""

    code: str = Field("", max_length=300, examples=["7K3M-Q9TX-2HVD-W5RX"])
    full_name: str = Field("", max_length=150)
    birth: str = Field("", max_length=20, description="dd/mm/yyyy, yyyy-mm-dd or a year")
    staff_number: str = Field("", max_length=30)


class Request(Schema):
    """``purpose`` and ``legal_basis`` are recorded; holders read the purpose."""

    purpose: str = Field(min_length=3, max_length=150)
    legal_basis: str = Field(min_length=3, max_length=200)
    rows: list[ListedPerson] = Field(min_length=1, max_length=MOST_ROWS)


class Answer(Schema):
    row: int
    full_name: str
    staff_number: str
    listed_code: str
    result: str = Field(
        description=(
            "valid, valid_diacritics_differ, expiring, expired, revoked, superseded, name_mismatch, unknown_code, "
            "not_found, ambiguous"
        )
    )
    code: str | None
    title: str | None
    valid_until: str | None
    facts: dict[str, Any]


class Check(Schema):
    id: uuid.UUID
    state: str = Field(description="running, done, failed, purged")
    as_of: datetime | None
    total: int
    done: int
    counts: dict[str, int]
    rows: list[Answer] | None = Field(description="null until done, and after the list was purged")


class Trouble(Schema):
    detail: str


IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


@router.post("/checks", response={200: Check, 202: Check, 409: Trouble}, summary="Check a list of staff")
def create_check(
    request: HttpRequest, question: Request, response: HttpResponse, idempotency_key: IdempotencyKey
) -> Status[Any]:
    """At most 1,000 rows are answered at once (200); more are given to the worker (202: ask ``/checks/ID``)."""
    token: OfficerToken = request.auth  # type: ignore[attr-defined] # set by OfficerKey
    check_uuid = uuid.uuid5(token.uuid, idempotency_key)
    rows = [
        {CODE: one.code, FULL_NAME: one.full_name, BIRTH: one.birth, STAFF_NUMBER: one.staff_number}
        for one in question.rows
    ]
    content = json.dumps([question.purpose, question.legal_basis, rows], ensure_ascii=False).encode()
    sender = Sender(token.person, token.unit, question.purpose, question.legal_basis, CheckSource.API)
    check = keep(sender, check_uuid, "api.json", content, {})
    if check.input_hash != hashlib.sha256(content).hexdigest():
        return Status(409, {"detail": "this Idempotency-Key was used with another list"})
    if len(rows) <= AT_ONCE:
        start_check(check, {})
        run_check(check.pk)
    else:
        begin_check(check, {})
    response["Cache-Control"] = "no-store"
    return _said(check)


@router.get(
    "/checks/{check_uuid}", response={200: Check, 202: Check, 404: Trouble}, summary="Look at a check"
)
def look_at_check(request: HttpRequest, check_uuid: uuid.UUID, response: HttpResponse) -> Status[Any]:
    """Checks that this key has asked for, and those of other keys of the same officer and unit."""
    token: OfficerToken = request.auth  # type: ignore[attr-defined] # set by OfficerKey
    mine = StaffCheck.objects.filter(created_by=token.person, unit=token.unit, source=CheckSource.API)
    check = mine.filter(uuid=check_uuid).first()
    if check is None:
        return Status(404, {"detail": "there is no such check"})
    if stands_still(check):
        give_to_worker(check)
    response["Cache-Control"] = "no-store"
    return _said(check)


def _said(check: StaffCheck) -> Status[Any]:
    check.refresh_from_db()
    done = check.state == CheckState.DONE
    rows = StaffCheckRow.objects.filter(check_of=check).order_by("row") if done else None
    content = {
        "id": check.uuid,
        "state": check.state,
        "as_of": check.as_of,
        "total": check.total,
        "done": check.done,
        "counts": check.counts,
        "rows": None if rows is None else [answer(row) for row in rows],
    }
    return Status(202 if check.state == CheckState.RUNNING else 200, content)
