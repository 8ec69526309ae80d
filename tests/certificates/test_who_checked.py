"""Who looked is told to the holder; what a holder shares can be withdrawn; strangers learn nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.certificates.api import Certificate, issue_for_sitting, who_checked
from assessments.certificates.codes import new_code, shown
from assessments.certificates.models import AnonymousChecks, CertificateEvent, ShareLink
from assessments.certificates.record_event import chain_is_whole
from assessments.certificates.verifying.record_view import record_views
from lms.accounts.api import Person
from lms.organisations.api import Role, RoleKind, Unit, UnitKind
from tests.certificates.conftest import MakeSitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(make_sitting: MakeSitting) -> Certificate:
    issue_for_sitting(make_sitting())
    return Certificate.objects.get()


@pytest.fixture
def agency() -> Unit:
    unit: Unit = Unit.add_root(kind=UnitKind.AGENCY, name="Sở Thử Nghiệm", slug="so-thu-nghiem")
    return unit


@pytest.fixture
def officer(agency: Unit) -> Person:
    person = Person.objects.create_user("can-bo", full_name="Cán Bộ", is_demo=True)
    Role.objects.create(person=person, unit=agency, kind=RoleKind.HR_OFFICER)
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_stranger_counts_once_and_leaves_no_name(
    client: Client, certificate: Certificate, person: Person, django_assert_max_num_queries: Any
) -> None:
    client.head(f"/c/{certificate.code}")
    for _ in range(3):
        with django_assert_max_num_queries(3):
            client.get(f"/c/{certificate.code}")
    signed_in(person).get(f"/c/{certificate.code}")
    seen = who_checked(person)
    assert (seen.anonymous, seen.checks) == (3, [])
    assert AnonymousChecks.objects.get().day == timezone.localdate()


def test_an_officers_check_is_told_to_the_holder(
    certificate: Certificate, person: Person, officer: Person
) -> None:
    visitor = signed_in(officer)
    address = f"/c/{certificate.code}?muc-dich=recruitment"
    page = visitor.get(address).content.decode()
    assert "ghi lại cho Sở Thử Nghiệm" in page
    visitor.get(address)
    visitor.get(f"/c/{certificate.code}?muc-dich=<script>")
    mine = signed_in(person).get("/toi/").content.decode()
    assert [(one.organisation, one.purpose) for one in who_checked(person).checks] == [
        ("Sở Thử Nghiệm", "Kiểm tra giấy nộp"),
        ("Sở Thử Nghiệm", "Tuyển dụng"),
    ]
    assert "Sở Thử Nghiệm" in mine
    assert "Cán Bộ" not in mine
    assert chain_is_whole(certificate)


def test_the_form_asks_officers_for_the_purpose(
    client: Client, certificate: Certificate, officer: Person
) -> None:
    assert 'name="muc_dich"' not in client.get("/chung-nhan/").content.decode()
    visitor = signed_in(officer)
    assert 'name="muc_dich"' in visitor.get("/chung-nhan/").content.decode()
    response = visitor.get("/chung-nhan/", {"ma": certificate.code, "muc_dich": "appointment"})
    assert response["Location"] == f"/c/{shown(certificate.code)}?muc-dich=appointment"


def test_a_list_of_staff_is_recorded_in_few_queries(
    certificate: Certificate,
    make_sitting: MakeSitting,
    officer: Person,
    agency: Unit,
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(9):
        issue_for_sitting(make_sitting())
    everyone = list(Certificate.objects.all())
    with django_assert_max_num_queries(6):
        assert record_views(everyone, agency, "Rà soát cán bộ", officer) == 10
    assert record_views(everyone, agency, "Rà soát cán bộ", officer) == 10
    assert all(chain_is_whole(one) for one in everyone)
    assert CertificateEvent.objects.filter(kind="viewed").count() == 20


def test_nobody_has_checked_yet(person: Person) -> None:
    assert "Chưa có ai kiểm tra" in signed_in(person).get("/toi/").content.decode()


def shared_address(holder: Client, certificate: Certificate, days: int = 7) -> str:
    sent = {"days": days, "share_uuid": str(uuid.uuid4())}
    place = f"/chung-nhan/{shown(certificate.code)}/chia-se/"
    for _ in range(2):  # sent twice, it is one link
        assert holder.post(place, sent).status_code == 302
    page = holder.get(place).content.decode()
    found = page.split("?chia-se=")[1].split("<")[0].split('"')[0]
    return f"/c/{shown(certificate.code)}?chia-se={found}"


def test_a_share_link_shows_the_name_until_it_is_withdrawn(
    client: Client, certificate: Certificate, person: Person, django_assert_max_num_queries: Any
) -> None:
    holder = signed_in(person)
    address = shared_address(holder, certificate)
    with django_assert_max_num_queries(3):
        page = client.get(address).content.decode()
    assert "K&#x27;Brẽm Thị Hường" in page
    link = ShareLink.objects.get()
    holder.post(f"/chung-nhan/{shown(certificate.code)}/chia-se/{link.uuid}/thu-hoi/")
    page = client.get(address).content.decode()
    assert "Thị Hường" not in page
    assert "không còn cho xem đủ họ tên" in page


def test_forged_foreign_expired_and_withdrawn_links_say_the_same(
    client: Client, certificate: Certificate, person: Person, make_sitting: MakeSitting
) -> None:
    address = shared_address(signed_in(person), certificate)
    issue_for_sitting(make_sitting())
    other = Certificate.objects.exclude(pk=certificate.pk).get()
    foreign = shared_address(signed_in(person), other).split("?")[1]
    ShareLink.objects.filter(certificate=certificate).update(
        expires_at=timezone.now() - dt.timedelta(seconds=1)
    )
    plain = urlsplit(address).path
    pages = {
        client.get(where).content
        for where in (
            address,
            address[:-2] + "xx",
            f"{plain}?{foreign}",
            f"{plain}?chia-se=",
            f"{plain}?chia-se=" + "a" * 300,
        )
    }
    assert len({page.split(b"<main")[1].split(b"</main>")[0] for page in pages}) == 1
    assert all("Thị Hường".encode() not in page for page in pages)


def test_only_the_holder_shares(client: Client, certificate: Certificate, officer: Person) -> None:
    place = f"/chung-nhan/{shown(certificate.code)}/chia-se/"
    assert client.get(place).status_code == 302
    assert signed_in(officer).get(place).status_code == 404
    assert signed_in(officer).post(place, {"days": 7, "share_uuid": str(uuid.uuid4())}).status_code == 404
    assert not ShareLink.objects.exists()


def test_bad_share_forms_are_answered(certificate: Certificate, person: Person) -> None:
    holder, place = signed_in(person), f"/chung-nhan/{certificate.code}/chia-se/"
    for sent in ({}, {"days": "5", "share_uuid": str(uuid.uuid4())}, {"days": "7", "share_uuid": "x"}):
        assert holder.post(place, sent).status_code == 400


def test_unknown_and_forbidden_answers_are_the_same(certificate: Certificate, officer: Person) -> None:
    """Body, status and the number of queries: a stranger cannot tell which codes exist."""
    visitor = signed_in(officer)
    for page in ("pdf", "chia-se/"):
        answers = []
        for code in (certificate.code, new_code()):
            visitor.get(f"/chung-nhan/{code}/{page}")
            with CaptureQueriesContext(connection) as queries:
                response = visitor.get(f"/chung-nhan/{code}/{page}")
            answers.append(
                (response.status_code, response.content.replace(code.encode(), b"CODE"), len(queries))
            )
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
