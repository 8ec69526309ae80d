"""Unknown, somebody else's and of another organisation: the same status, headers and body, wherever one asks."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.certificates.codes import new_code, shown
from assessments.certificates.staff_checks.models import StaffCheck
from assessments.certificates.staff_checks.officer_token import issue_token
from lms.accounts.api import Person
from lms.organisations.api import Role, RoleKind, Unit
from tests.certificates.conftest import IssueTo
from tests.certificates.signed import encoded

pytestmark = pytest.mark.django_db
# What differs between any two answers of any site, and what the visitor sent.
PASSING = re.compile(
    rb'nonce="[^"]+"|nonce-[\w+/=-]+|csrfmiddlewaretoken" value="\w+"|\d+ gi\xe1\xbb\x9d \d+|'
    rb'"as_of": ?"[^"]+"|"id": ?"[0-9a-f-]{36}"'
)
Seen = tuple[int, dict[str, str], bytes]


def seen(response: Any, *own: str) -> Seen:
    """All that a stranger could tell two answers apart by; ``own`` is what they asked for."""
    kept = dict(response.headers)
    # It follows the body, in which what was asked for may be longer or shorter.
    assert int(kept.pop("Content-Length", len(response.content))) == len(response.content)
    body, headers = response.content, json.dumps(kept)
    for text in own:
        for written in (text, json.dumps(text)[1:-1]):
            body, headers = body.replace(written.encode(), b"OWN"), headers.replace(written, "OWN")
    headers = PASSING.sub(b"", headers.encode()).decode()
    return response.status_code, json.loads(headers), PASSING.sub(b"", body)


@pytest.fixture
def colleague(units: dict[str, Unit]) -> Person:
    """An officer of another commune."""
    person = Person.objects.create_user("nhan-su-khac", full_name="Nhân Sự Khác", is_demo=True)
    Role.objects.create(person=person, unit=units["xa-bao-thuan"], kind=RoleKind.HR_OFFICER)
    return person


def sent(desk: Client, unit: str, text: str = "Họ và tên\nKhông Ai\n") -> StaffCheck:
    form = {
        "file": SimpleUploadedFile("ds.csv", text.encode()),
        "purpose": "Rà soát",
        "legal_basis": "Kế hoạch mẫu",
        "unit": str(Unit.objects.get(slug=unit).uuid),
        "check_uuid": str(uuid.uuid4()),
    }
    assert desk.post("/can-bo/gui/", form).status_code == 302
    return StaffCheck.objects.latest("pk")


def test_two_unknown_codes_look_alike(client: Client) -> None:
    first, second = new_code(), new_code()
    for address in ("/c/{}", "/chung-nhan/{}/pdf"):
        answers = []
        for code in (first, second):
            cache.clear()
            answers.append(seen(client.get(address.format(shown(code))), shown(code), code))
        assert answers[0] == answers[1]


def test_a_strangers_paper_looks_like_no_paper(client: Client, issue: IssueTo) -> None:
    """Signed in as somebody else; the file is asked for by code."""
    held = issue("Nguyễn Thị Mẫu").code
    client.force_login(Person.objects.create_user("nguoi-la", full_name="Người Lạ"))
    answers = [
        seen(client.get(f"/chung-nhan/{code}/pdf"), code, shown(code)) for code in (held, new_code(), "7K3M")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 404


def test_programs_cannot_tell_codes_apart_that_they_only_claim(client: Client, issue: IssueTo) -> None:
    """A made-up credential about a code that exists is refused in the words of one about a code that does not."""
    held = issue("Nguyễn Thị Mẫu").code
    claimed, unknown = [], []
    for code in (held, new_code(), new_code()):
        cache.clear()
        parts = [
            {"alg": "ES256", "kid": "did:web:example.org#1"},
            {"id": f"https://example.org/c/{shown(code)}"},
        ]
        forged = ".".join([*(encoded(part) for part in parts), "AAAA"])
        claimed.append(seen(post(client, jwt=forged)))
        if code != held:
            unknown.append(seen(post(client, code=code), code, shown(code)))
    assert claimed[0] == claimed[1] == claimed[2]
    assert unknown[0] == unknown[1]
    assert b'"unknown"' in unknown[0][2]


def post(client: Client, **question: str) -> Any:
    return client.post("/api/v1/verify", question, content_type="application/json")


def test_checks_of_others_look_like_no_check(
    desk: Client, officer: Person, colleague: Person, client: Client
) -> None:
    """At every address that a check has, for an officer of another organisation."""
    check = sent(desk, "xa-di-linh")
    client.force_login(colleague)
    for ending in ("", "bang.xlsx", "bang.csv", "bao-cao.json"):
        answers = []
        for one in (check.uuid, uuid.uuid4()):
            address = f"/can-bo/lan/{one}/{ending}"
            answers.append(seen(client.get(address), str(one)))
        assert answers[0] == answers[1], ending
        assert answers[0][0] == 404
    removed = [seen(client.post(f"/can-bo/lan/{one}/xoa/"), str(one)) for one in (check.uuid, uuid.uuid4())]
    assert removed[0] == removed[1]
    check.refresh_from_db()
    assert check.purged_at is None


def test_units_of_others_look_like_no_unit(client: Client, units: dict[str, Unit], colleague: Person) -> None:
    client.force_login(colleague)
    for address in ("/can-bo/nhan-su/?don-vi={}", "/can-bo/nhan-su/bang.xlsx?don-vi={}"):
        asked = (str(units["xa-di-linh"].uuid), str(uuid.uuid4()))
        answers = [seen(client.get(address.format(one)), one) for one in asked]
        assert answers[0] == answers[1]
        assert answers[0][0] == 404


def test_programs_get_one_answer_for_staff_of_others_and_nobody(
    client: Client, units: dict[str, Unit], issue: IssueTo, colleague: Person, officer: Person
) -> None:
    """Name with birth, and staff number; then the check itself, asked for with another agency's key."""
    issue("Trần Văn Nơi Khác")
    key = issue_token(colleague, units["xa-bao-thuan"], "Phần mềm")
    there = {"full_name": "Trần Văn Nơi Khác", "birth": "1980"}
    nobody = {"full_name": "Trần Văn Không Ai", "birth": "1980"}
    number = Person.objects.get(full_name="Trần Văn Nơi Khác").memberships.get().staff_number
    pairs = [(there, nobody, there["full_name"], nobody["full_name"])]
    pairs.append(({"staff_number": number}, {"staff_number": "CB77777"}, number, "CB77777"))
    for one, other, *own in pairs:
        answers = []
        for row, text in zip((one, other), own, strict=True):
            asked = ask(client, key, row)
            assert asked.status_code == 200
            answers.append(seen(asked, text))
        assert answers[0] == answers[1]
    mine = json.loads(ask(client, key, there).content)["id"]
    foreign = issue_token(officer, units["xa-di-linh"], "Phần mềm khác")
    looks = [look(client, foreign, one) for one in (mine, str(uuid.uuid4()))]
    assert looks[0] == looks[1]
    assert looks[0][0] == 404


def ask(client: Client, key: str, row: dict[str, str]) -> Any:
    question = {"purpose": "Rà soát", "legal_basis": "Kế hoạch mẫu", "rows": [row]}
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid.uuid4())}
    return client.post("/api/v1/checks", question, content_type="application/json", headers=headers)


def look(client: Client, key: str, check: str) -> Seen:
    return seen(client.get(f"/api/v1/checks/{check}", headers={"Authorization": f"Bearer {key}"}), check)


def test_a_check_of_a_code_tells_nothing_about_where_its_holder_belongs(
    desk: Client, issue: IssueTo, django_capture_on_commit_callbacks: Any
) -> None:
    """A paper that was handed over counts wherever its holder belongs, and says no more than the public page."""
    here, there = issue("Nguyễn Thị Mẫu"), issue("Nguyễn Thị Mẫu", unit="xa-bao-thuan")
    rows = []
    for one in (here, there):
        check = sent(desk, "xa-di-linh", f"Họ và tên,Mã chứng nhận\nNguyễn Thị Mẫu,{one.code}\n")
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(f"/can-bo/lan/{check.uuid}/", {"full_name": "0", "code": "1"})
        page = desk.get(f"/can-bo/lan/{check.uuid}/")
        rows.append(seen(page, one.code, shown(one.code), str(check.uuid)))
    assert rows[0] == rows[1]
