"""Programs check staff with an officer's key: one scope, one unit, never longer than the officer's role."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from assessments.certificates.models import CertificateEvent, OfficerToken, StaffCheck
from lms.accounts.api import Person
from lms.organisations.api import Role, Unit
from tests.certificates.conftest import IssueTo


class Program:
    """Another agency's program with a key."""

    def __init__(self, desk: Client) -> None:
        unit = str(Unit.objects.get(slug="xa-di-linh").uuid)
        page = desk.post("/can-bo/khoa/", {"name": "Phần mềm mẫu", "unit": unit}).content.decode()
        self.key = page.split('class="code">bdhvs_')[1].split("<")[0]
        self.client = Client()

    def post(self, rows: list[dict[str, str]], key: str = "1", **fields: Any) -> Any:
        body = {"purpose": "Tuyển dụng", "legal_basis": "Kế hoạch mẫu", "rows": rows, **fields}
        headers = {"Authorization": f"Bearer bdhvs_{self.key}", "Idempotency-Key": key}
        return self.client.post("/api/v1/checks", body, content_type="application/json", headers=headers)

    def get(self, check: str) -> Any:
        headers = {"Authorization": f"Bearer bdhvs_{self.key}"}
        return self.client.get(f"/api/v1/checks/{check}", headers=headers)


def test_a_program_checks_with_a_key(desk: Client, officer: Person, issue: IssueTo) -> None:
    held = issue("Nguyễn Thị Mẫu")
    program = Program(desk)
    rows = [
        {"code": held.code, "full_name": "nguyen thi mau"},
        {"full_name": "Nguyễn Thị Mẫu", "birth": "1980"},
        {},
    ]
    said = program.post(rows)
    assert said.status_code == 200, said.content
    body = said.json()
    assert [row["result"] for row in body["rows"]] == ["valid_diacritics_differ", "valid", "ambiguous"]
    assert body["counts"] == {"valid_diacritics_differ": 1, "valid": 1, "ambiguous": 1}
    assert program.post(rows).json() == body
    assert program.post([{}]).status_code == 409
    assert program.get(body["id"]).json() == body
    assert StaffCheck.objects.count() == 1
    assert CertificateEvent.objects.filter(kind="viewed").count() == 1
    page = desk.get("/can-bo/khoa/").content.decode()
    assert program.key not in page
    assert program.key not in json.dumps(list(OfficerToken.objects.values()), default=str)


def test_a_longer_list_of_a_program_goes_to_the_worker(
    desk: Client, officer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    program = Program(desk)
    rows = [{"full_name": f"Người {n}"} for n in range(1_001)]
    with django_capture_on_commit_callbacks(execute=True):
        said = program.post(rows)
    assert said.status_code == 202
    assert said.json()["rows"] is None
    done = program.get(said.json()["id"])
    assert (done.status_code, len(done.json()["rows"])) == (200, 1_001)


def test_keys_end(desk: Client, officer: Person) -> None:
    program = Program(desk)
    assert program.post([{}]).status_code == 200
    assert Client().post("/api/v1/checks", {}, content_type="application/json").status_code == 401
    assert program.post([{}], purpose="").status_code == 422
    assert program.post([]).status_code == 422
    assert program.get(str(uuid.uuid4())).status_code == 404
    Role.objects.filter(person=officer).update(valid_to=timezone.localdate() - dt.timedelta(1))
    assert program.post([{}]).status_code == 401
    Role.objects.filter(person=officer).update(valid_to=None)
    OfficerToken.objects.update(expires_at=timezone.now())
    assert program.post([{}]).status_code == 401
    OfficerToken.objects.update(expires_at=timezone.now() + dt.timedelta(1))
    assert program.post([{}]).status_code == 200
    assert desk.post(f"/can-bo/khoa/{OfficerToken.objects.get().uuid}/thu-hoi/").status_code == 302
    assert program.post([{}]).status_code == 401
