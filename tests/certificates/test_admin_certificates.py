"""Administrators find, withdraw and correct certificates; every page that a stranger sees follows at once."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from assessments.certificates.api import Certificate
from assessments.certificates.codes import shown
from assessments.certificates.credentials.status_bits import is_withdrawn
from assessments.certificates.credentials.verify import verify_jwt, verify_ticket
from lms.accounts.api import Person
from tests.certificates.conftest import MakeSitting
from tests.certificates.signed import signed_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(make_sitting: MakeSitting) -> Certificate:
    return signed_certificate(make_sitting())


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(Person.objects.create_superuser("quan-tri", is_demo=True))
    return client


def in_status_list(client: Client, certificate: Certificate) -> bool:
    """Read as a stranger reads it."""
    assert certificate.status_list is not None
    assert certificate.status_index is not None
    listed = json.loads(client.get(f"/status/{certificate.status_list.number}").content)
    return is_withdrawn(listed, certificate.status_index, timezone.now())


@pytest.mark.parametrize("words", ["thi huong", "Hường", "code", "number", ""])
def test_found_by_code_number_and_name(admin: Client, certificate: Certificate, words: str) -> None:
    asked = {"code": shown(certificate.code).lower(), "number": certificate.number}.get(words, words)
    assert certificate.number in admin.get("/quan-tri/chung-nhan/", {"q": asked}).content.decode()
    assert (
        "Tìm thấy 0 chứng nhận" in admin.get("/quan-tri/chung-nhan/", {"q": "khong-co-ai"}).content.decode()
    )


def test_withdrawal_shows_everywhere(admin: Client, client: Client, certificate: Certificate) -> None:
    assert not in_status_list(client, certificate)
    place = f"/quan-tri/chung-nhan/{certificate.pk}/thu-hoi/"
    assert admin.post(place, {"reason": " "}).status_code == 400
    assert admin.post(place, {"reason": "Kết quả làm hộ"}).status_code == 302
    assert admin.post(place, {"reason": "Lý do khác"}).status_code == 302
    page = client.get(f"/c/{certificate.code}").content.decode()
    assert "đã bị thu hồi" in page
    assert "Kết quả làm hộ" in page
    assert in_status_list(client, certificate)
    assert not verify_jwt(certificate.credential).valid
    assert not verify_ticket(certificate.ticket).valid
    assert "Kết quả làm hộ" in admin.get(f"/quan-tri/chung-nhan/{certificate.pk}/").content.decode()


def test_a_corrected_name_is_a_new_certificate(
    admin: Client, client: Client, certificate: Certificate
) -> None:
    place = f"/quan-tri/chung-nhan/{certificate.pk}/sua-ten/"
    assert admin.post(place, {"name": ""}).status_code == 400
    assert admin.post(place, {"name": "K'Brẽm Thị Hương"}).status_code == 302
    assert admin.post(place, {"name": "Tên Khác"}).status_code == 400
    newer = Certificate.objects.get(replaces=certificate)
    assert newer.name == "K'Brẽm Thị Hương"
    old = client.get(f"/c/{certificate.code}").content.decode()
    assert "đã có bản mới thay" in old
    assert f"/c/{shown(newer.code)}" in old
    assert "còn hiệu lực" in client.get(f"/c/{newer.code}").content.decode()
    certificate.refresh_from_db()
    assert certificate.name == "K'Brẽm Thị Hường"
    assert in_status_list(client, certificate)


def test_only_administrators(client: Client, certificate: Certificate, person: Person) -> None:
    client.force_login(person)
    for place in ("", f"{certificate.pk}/"):
        assert client.get(f"/quan-tri/chung-nhan/{place}").status_code in {302, 403}
    for act in ("thu-hoi", "sua-ten"):
        answer = client.post(f"/quan-tri/chung-nhan/{certificate.pk}/{act}/", {"reason": "x", "name": "x"})
        assert answer.status_code in {302, 403}
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
    assert Certificate.objects.count() == 1
