"""/can-bo/ from the upload to the files that an officer takes away; notices, the overview, and keys for programs."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import io
import json
import uuid
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from assessments.certificates.api import revoke_certificate
from assessments.certificates.models import CertificateEvent
from assessments.certificates.record_event import chain_is_whole
from assessments.certificates.staff_checks import run_check as running
from assessments.certificates.staff_checks.models import (
    StaffCheck,
    StaffCheckRow,
    StaffNotice,
    StaffSubscription,
)
from assessments.certificates.staff_checks.purge_lists import purge_lists
from assessments.certificates.staff_checks.run_check import run_check
from assessments.certificates.staff_checks.staff_overview import count_skills, skills_checked
from assessments.certificates.staff_checks.tasks import tell_officers_task
from assessments.certificates.staff_checks.tell_officers import tell_officers
from lms.accounts.api import Person
from lms.organisations.api import Membership, Role, RoleKind, Unit
from tests.certificates.conftest import IssueTo


def send(desk: Client, text: str, **fields: Any) -> Any:
    form = {
        "file": SimpleUploadedFile("ds.csv", text.encode()),
        "purpose": "Rà soát bồi dưỡng",
        "legal_basis": "Kế hoạch mẫu",
        "unit": str(Unit.objects.get(slug="xa-di-linh").uuid),
        "check_uuid": str(uuid.uuid4()),
        **fields,
    }
    return desk.post("/can-bo/gui/", form)


def checked(desk: Client, text: str, capture: Any) -> StaffCheck:
    sent = send(desk, text)
    assert sent.status_code == 302, sent.content.decode()
    check = StaffCheck.objects.latest("pk")
    columns = {name: str(place) for name, place in check.columns.items()}
    with capture(execute=True):
        assert desk.post(sent.url, columns).status_code == 302
    check.refresh_from_db()
    assert check.state == "done"
    return check


def test_from_the_upload_to_the_signed_report(
    desk: Client, issue: IssueTo, django_capture_on_commit_callbacks: Any
) -> None:
    held = issue("Nguyễn Thị Mẫu")
    text = 'Họ và tên,Năm sinh\nNGUYEN THI MAU,1980\nKhông Ai,1980\n"\t=HYPERLINK(1)",1980\n-1+1,1980\n'
    check = checked(desk, text, django_capture_on_commit_callbacks)
    page = desk.get(f"/can-bo/lan/{check.uuid}/").content.decode()
    assert "Còn hiệu lực, khác dấu" in page
    assert "Không có trong phạm vi của đơn vị" in page
    assert check.counts == {"valid_diacritics_differ": 1, "not_found": 2, "ambiguous": 1}
    only = desk.get(f"/can-bo/lan/{check.uuid}/?loc=con-hieu-luc").content.decode()
    assert "NGUYEN THI MAU" in only
    assert "Không Ai" not in only
    csv_text = desk.get(f"/can-bo/lan/{check.uuid}/bang.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(csv_text)) for cell in row]
    assert "'-1+1" in cells
    book = load_workbook(io.BytesIO(desk.get(f"/can-bo/lan/{check.uuid}/bang.xlsx").content))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}
    report = json.loads(desk.get(f"/can-bo/lan/{check.uuid}/bao-cao.json").content)
    payload = base64.urlsafe_b64decode(report["payload"] + "==")
    said = json.loads(payload)
    assert said["input"]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert said["as_of"].startswith(str(check.as_of)[:10])
    assert check.report_hash == hashlib.sha256(payload).hexdigest()
    assert chain_is_whole(held)
    event = CertificateEvent.objects.get(certificate=held, kind="viewed")
    assert event.details["purpose"] == "Rà soát bồi dưỡng"
    assert event.details["organisation"] == "Xã Di Linh"


def test_the_signed_report_is_accepted_by_another_library(
    desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    """``cryptography`` alone, with the key that the header names; one letter changed is refused."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    check = checked(desk, "Họ và tên\nKhông Ai\n", django_capture_on_commit_callbacks)
    report = json.loads(desk.get(f"/can-bo/lan/{check.uuid}/bao-cao.json").content)
    header = json.loads(_bytes(report["protected"]))
    keys = desk.get("/.well-known/jwks.json").json()["keys"]
    jwk = next(key for key in keys if key["kid"] == header["kid"])
    x, y = (int.from_bytes(_bytes(jwk[name])) for name in "xy")
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    raw = _bytes(report["signature"])
    signature = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    signed = f"{report['protected']}.{report['payload']}".encode()
    key.verify(signature, signed, ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(signature, signed[:-1] + b"A", ec.ECDSA(SHA256()))


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_people_of_other_units_are_answered_like_nobody(
    desk: Client, issue: IssueTo, django_capture_on_commit_callbacks: Any
) -> None:
    issue("Trần Văn Nơi Khác", unit="xa-bao-thuan")
    checked(
        desk,
        "Họ và tên,Năm sinh\nTrần Văn Nơi Khác,1980\nTrần Văn Không Ai,1980\n",
        django_capture_on_commit_callbacks,
    )
    there, nobody = StaffCheckRow.objects.order_by("row").values(
        "result", "facts", "title", "code", "valid_until"
    )
    assert there == nobody
    assert not CertificateEvent.objects.filter(kind="viewed").exists()


def test_the_officer_corrects_the_columns(
    desk: Client, issue: IssueTo, django_capture_on_commit_callbacks: Any
) -> None:
    issue("Nguyễn Thị Mẫu")
    sent = send(desk, "A,B,C\n1,Nguyễn Thị Mẫu,1980\n")
    page = desk.get(sent.url).content.decode()
    assert "B (B)" in page
    assert "Chọn ít nhất một cột" in desk.post(sent.url, {"birth": "2"}).content.decode()
    twice = desk.post(sent.url, {"full_name": "1", "birth": "1"})
    assert (twice.status_code, "Mỗi cột chỉ chọn một lần" in twice.content.decode()) == (400, True)
    assert desk.post(sent.url, {"full_name": "77"}).status_code == 400
    rows = StaffCheckRow.objects.all()
    assert not rows
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(sent.url, {"full_name": "1", "birth": "2"})
    assert [row.result for row in rows.all()] == ["not_found", "valid"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"purpose": ""}, "Mục đích"),
        ({"legal_basis": " \u200b "}, "Căn cứ pháp lý"),
        ({"file": SimpleUploadedFile("ds.exe", b"x")}, "XLSX hoặc CSV"),
        ({"file": SimpleUploadedFile("ds.xlsx", b"PK\x03\x04 x")}, "Không đọc được tệp XLSX"),
        ({"file": SimpleUploadedFile("ds.csv", b"a\n" * 21_000)}, "20.000 dòng"),
        ({"unit": str(uuid.uuid4())}, ""),
        ({"check_uuid": "x"}, ""),
    ],
)
def test_bad_lists_are_refused_with_words(desk: Client, fields: dict[str, Any], words: str) -> None:
    answer = send(desk, "Họ và tên\nA B\n", **fields)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not StaffCheck.objects.exists()


def test_sent_twice_it_is_one_check_and_other_officers_do_not_see_it(
    desk: Client, officer: Person, units: dict[str, Unit], client: Client
) -> None:
    same = str(uuid.uuid4())
    first, second = (send(desk, "Họ và tên\nA B\n", check_uuid=same) for _ in range(2))
    assert first.url == second.url
    assert StaffCheck.objects.count() == 1
    other = Person.objects.create_user("khac", is_demo=True)
    Role.objects.create(person=other, unit=units["xa-di-linh"], kind=RoleKind.HR_OFFICER)
    client.force_login(other)
    assert client.get(first.url).status_code == 404
    assert send(client, "Họ và tên\nA B\n", check_uuid=same).status_code == 400
    client.force_login(officer)
    Role.objects.filter(person=officer).delete()
    assert client.get(first.url).status_code == 403


def test_a_killed_worker_goes_on_and_two_workers_change_nothing(
    desk: Client, issue: IssueTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"Người Số {chr(65 + n)}" for n in range(7)]
    held = [issue(name) for name in names]
    text = "Họ và tên,Năm sinh\n" + "".join(f"{name},1980\n" for name in [*names, *names])
    url = send(desk, text).url
    check = StaffCheck.objects.get()
    monkeypatch.setattr(running, "_STEP", 3)
    real, calls = running.judge_rows, []

    def killed(*args: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(running, "judge_rows", killed)
    desk.post(url, {"full_name": "0", "birth": "1"})
    with pytest.raises(KeyboardInterrupt):
        run_check(check.pk)
    check.refresh_from_db()
    assert (check.state, check.done) == ("running", 6)
    page = desk.get(url)
    assert "6" in page.content.decode()
    assert page["Refresh"]
    run_check(check.pk)
    run_check(check.pk)
    check.refresh_from_db()
    assert (check.state, check.counts) == ("done", {"valid": 14})
    repeated = StaffCheckRow.objects.filter(facts__has_key="same_as")
    assert sorted(repeated.values_list("row", flat=True)) == list(range(9, 16))
    for certificate in held:
        assert CertificateEvent.objects.filter(certificate=certificate, kind="viewed").count() == 1
        assert chain_is_whole(certificate)


def test_lists_are_purged_and_numbers_stay(desk: Client, django_capture_on_commit_callbacks: Any) -> None:
    check = checked(desk, "Họ và tên\nKhông Ai\n", django_capture_on_commit_callbacks)
    waiting = send(desk, "Họ và tên\nKhông Ai Nữa\n")
    assert purge_lists() == 0
    StaffCheck.objects.update(created_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    kept = StaffCheck.objects.latest("pk").file
    assert purge_lists() == 2
    assert purge_lists() == 0
    assert not StaffCheckRow.objects.exists()
    assert not kept.storage.exists(kept.name)
    page = desk.get(f"/can-bo/lan/{check.uuid}/").content.decode()
    assert check.input_hash in page
    assert check.report_hash in page
    assert "Không Ai" not in page
    assert desk.get(waiting.url).status_code == 200
    assert desk.get(f"/can-bo/lan/{check.uuid}/bang.xlsx").status_code == 404


def test_notices_are_told_once_by_page_and_by_email(desk: Client, officer: Person, issue: IssueTo) -> None:
    soon, later, gone = issue("Sắp Hết", days=30), issue("Còn Lâu", days=91), issue("Bị Thu", days=400)
    elsewhere = issue("Nơi Khác", unit="xa-bao-thuan", days=5)
    unit = str(Unit.objects.get(slug="xa-di-linh").uuid)
    assert desk.post("/can-bo/thong-bao/", {"unit": unit, "by_email": "on"}).status_code == 302
    revoke_certificate(gone, "Sai quy trình", None)
    assert tell_officers() == 2
    assert tell_officers() == 0
    told = set(StaffNotice.objects.values_list("certificate", "kind"))
    assert told == {(soon.pk, "expires_30"), (gone.pk, "revoked")}
    assert elsewhere.pk not in {pk for pk, _kind in told}
    assert len(mail.outbox) == 1
    assert "Sắp Hết" not in mail.outbox[0].body
    assert "/can-bo/thong-bao/" in mail.outbox[0].body
    assert "Sắp Hết" in desk.get("/can-bo/thong-bao/").content.decode()
    assert "2 tin về chứng nhận" in desk.get("/can-bo/").content.decode()
    desk.post("/can-bo/thong-bao/da-xem/")
    assert "tin về chứng nhận" not in desk.get("/can-bo/").content.decode()
    today = timezone.localdate()
    assert tell_officers(today + dt.timedelta(1)) == 1  # 90 days left
    assert tell_officers(today + dt.timedelta(25)) == 1  # 5 days left, though the night of 7 was missed
    Role.objects.all().delete()
    assert tell_officers(today + dt.timedelta(84)) == 0
    assert later.pk in set(StaffNotice.objects.values_list("certificate", flat=True))
    Role.objects.create(person=officer, unit=units_of_officer(), kind=RoleKind.HR_OFFICER)
    desk.post(f"/can-bo/thong-bao/{unit}/thoi/")
    assert not StaffSubscription.objects.exists()


def test_each_limit_is_told_on_its_day_and_not_before(desk: Client, officer: Person, issue: IssueTo) -> None:
    """A certificate of 91 days, night after night as the worker does it; the page and the e-mail say which limit."""
    issue("Còn Lâu", days=91)
    unit = str(units_of_officer().uuid)
    desk.post("/can-bo/thong-bao/", {"unit": unit, "by_email": "on"})
    today, told = timezone.localdate(), {}
    for night in range(93):
        if tell_officers(today + dt.timedelta(night)):
            told[91 - night] = StaffNotice.objects.latest("pk").kind
    assert told == {90: "expires_90", 60: "expires_60", 30: "expires_30", 7: "expires_7"}
    assert [message.to for message in mail.outbox] == [[officer.email]] * 4
    for message, days in zip(mail.outbox, told, strict=True):
        assert f"{days} ngày" in message.body
    page = desk.get("/can-bo/thong-bao/").content.decode()
    assert all(f"{days} ngày" in page[page.index("<tbody>") :] for days in told)
    desk.post("/can-bo/thong-bao/", {"unit": unit})
    revoke_certificate(issue("Bị Thu"), "Sai quy trình", None)
    assert tell_officers_task() == 1
    assert len(mail.outbox) == 4  # this time without e-mail
    assert "Đã thu hồi" in desk.get("/can-bo/thong-bao/").content.decode()


def units_of_officer() -> Unit:
    return Unit.objects.get(slug="xa-di-linh")


def test_the_overview_of_300_staff_in_few_queries(
    desk: Client, units: dict[str, Unit], issue: IssueTo, django_capture_on_commit_callbacks: Any
) -> None:
    issue("Đã Có Lâu", days=400)
    issue("Sắp Hết Hạn", days=10)
    issue("Đã Quá Hạn", days=-1)
    people = [Person(username=f"them-{n}", full_name=f"Chưa Có {n}") for n in range(297)]
    for person in people:
        person.set_name_keys()
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(Membership(person=one, unit=units["xa-di-linh"]) for one in people)
    desk.get("/can-bo/nhan-su/")
    with CaptureQueriesContext(connection) as queries:
        page = desk.get("/can-bo/nhan-su/").content.decode()
    own = [one["sql"] for one in queries if "session" not in one["sql"] and "SAVEPOINT" not in one["sql"]]
    assert len(own) <= 8, "\n".join(own)
    assert "300 người, theo kỹ năng" in page
    [counts] = count_skills(units["xa-di-linh"], skills_checked(), 300)
    assert counts[1:] == (1, 1, 1, 297)
    for shown, names, others in (
        ("sap-het-han", ["Sắp Hết Hạn"], ["Đã Có Lâu", "Đã Quá Hạn"]),
        ("da-het-han", ["Đã Quá Hạn"], ["Đã Có Lâu", "Sắp Hết Hạn"]),
        ("con-thieu", ["Đã Quá Hạn"], ["Đã Có Lâu", "Sắp Hết Hạn"]),
    ):
        page = desk.get(f"/can-bo/nhan-su/?loc={shown}").content.decode()
        table = page[page.index("<tbody>") :] if "<tbody>" in page else ""
        assert all(name in table or shown == "con-thieu" for name in names)
        assert not any(name in table for name in others)
    book = load_workbook(io.BytesIO(desk.get("/can-bo/nhan-su/bang.xlsx?loc=con-thieu").content))
    assert book.active.max_row == 299
    assert CertificateEvent.objects.filter(kind="viewed").count() == 3
    assert desk.get(f"/can-bo/nhan-su/?don-vi={units['xa-bao-thuan'].uuid}").status_code == 404
    assert desk.get("/can-bo/nhan-su/?don-vi=x").status_code == 404
