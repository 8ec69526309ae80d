"""Withdrawing shows in the published list at once; lists are signed, fresh, and read only while they are valid."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assessments.certificates.api import Certificate, correct_name, issue_for_sitting, revoke_certificate
from assessments.certificates.credentials import allocate_status, status
from assessments.certificates.credentials.checked import Problem
from assessments.certificates.credentials.models import StatusList
from assessments.certificates.credentials.open_signed import open_document, open_jwt
from assessments.certificates.credentials.sign_credential import sign_credential
from assessments.certificates.credentials.status_bits import (
    BadStatusList,
    encoded_list,
    is_withdrawn,
    status_credential,
)
from assessments.certificates.credentials.verify import verify_jwt, verify_ticket
from assessments.certificates.signing.jwk import base64url, from_base64url
from assessments.certificates.signing.keys import KeyUse, signer_for
from assessments.certificates.tasks import sign_status_lists
from lms.accounts.api import Person
from tests.certificates.conftest import MakeSitting
from tests.certificates.signed import signed_certificate

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.fixture
def certificate(make_sitting: MakeSitting) -> Certificate:
    return signed_certificate(make_sitting())


def listed(client: Client, certificate: Certificate) -> tuple[bool, bool]:
    """What the JSON and the JWT of the list say, each with its signature checked."""
    assert certificate.status_list is not None
    assert certificate.status_index is not None
    path = f"/status/{certificate.status_list.number}"
    as_json = client.get(path)
    as_jwt = client.get(path, headers={"accept": "application/vc+jwt"})
    assert as_json["Content-Type"] == "application/json"
    assert as_jwt["Content-Type"] == "application/vc+jwt"
    proof, credential = signer_for(KeyUse.PROOF), signer_for(KeyUse.CREDENTIAL)
    document = open_document(as_json.json(), {proof.kid: proof.public_jwk()})
    claims = open_jwt(as_jwt.content.decode(), {credential.kid: credential.public_jwk()})
    index, now = certificate.status_index, timezone.now()
    return is_withdrawn(document, index, now), is_withdrawn(claims, index, now)


def test_revocation_is_seen_at_once(client: Client, certificate: Certificate) -> None:
    assert listed(client, certificate) == (False, False)
    revoke_certificate(certificate, "Làm bài hộ", None)
    assert listed(client, certificate) == (True, True)
    assert verify_jwt(certificate.credential).problem == Problem.WITHDRAWN
    assert verify_ticket(certificate.ticket).problem == Problem.WITHDRAWN


def test_a_corrected_or_renewed_certificate_is_listed(
    client: Client, certificate: Certificate, make_sitting: MakeSitting, person: Person
) -> None:
    listed(client, certificate)
    corrected = correct_name(certificate, "K'Brẽm Thị Hướng", person)
    sign_credential(corrected)
    assert listed(client, certificate) == (True, True)
    assert listed(client, corrected) == (False, False)
    renewed = signed_certificate(make_sitting())
    assert renewed.replaces == corrected
    assert listed(client, corrected) == (True, True)
    assert listed(client, renewed) == (False, False)


def test_one_withdrawn_before_it_was_signed_is_listed(client: Client, make_sitting: MakeSitting) -> None:
    signed_certificate(
        make_sitting(person=Person.objects.create_user("k-tham", "mat-khau-rat-dai", full_name="K Thắm"))
    )
    status.sign_stale_lists()
    sitting = make_sitting()
    issue_for_sitting(sitting)
    certificate = Certificate.objects.get(sitting=sitting)
    revoke_certificate(certificate, "Nhầm người", None)
    sign_credential(certificate)
    assert listed(client, certificate) == (True, True)


def test_the_list_is_long_valid_for_a_week_and_signed_anew_each_day(
    client: Client, certificate: Certificate
) -> None:
    assert certificate.status_list is not None
    content = client.get(f"/status/{certificate.status_list.number}").json()
    packed = from_base64url(content["credentialSubject"]["encodedList"].removeprefix("u"))
    assert len(gzip.decompress(packed)) * 8 >= 131_072
    begins, ends = (dt.datetime.fromisoformat(content[name]) for name in ("validFrom", "validUntil"))
    assert ends - begins == dt.timedelta(days=7)
    assert sign_status_lists() == 0
    StatusList.objects.update(signed_at=timezone.now() - dt.timedelta(days=1, minutes=1))
    assert sign_status_lists() == 1
    assert sign_status_lists() == 0


def test_an_expired_or_unsigned_list_proves_nothing(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the signer has been away for a week: nothing is called valid."""
    assert verify_jwt(certificate.credential).valid
    monkeypatch.setattr(status, "VALIDITY", dt.timedelta(seconds=-1))
    StatusList.objects.update(signed_at=None)
    for checked in (verify_jwt(certificate.credential), verify_ticket(certificate.ticket)):
        assert (checked.genuine, checked.valid, checked.problem) == (True, False, Problem.STATUS_UNKNOWN)
    StatusList.objects.update(signed_at=timezone.now(), jwt_text="e30.e30.e30")
    assert verify_jwt(certificate.credential).problem == Problem.STATUS_UNKNOWN


def test_a_slow_signer_does_not_write_over_a_newer_list(client: Client, certificate: Certificate) -> None:
    assert certificate.status_list is not None
    slow = StatusList.objects.get(pk=certificate.status_list.pk)
    status.sign_list(slow)
    revoke_certificate(certificate, "Làm bài hộ", None)
    assert listed(client, certificate) == (True, True)
    kept = StatusList.objects.get(pk=slow.pk)
    older = StatusList.objects.filter(pk=slow.pk, signed_changes__lte=slow.signed_changes)
    assert not older.exists()
    assert kept.signed_changes == kept.changes == slow.signed_changes + 1


def test_places_are_random_and_a_full_list_is_followed_by_another(
    make_sitting: MakeSitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allocate_status, "_FULL", 2 / StatusList.LENGTH)
    places = iter([7, 7, 7, 9, 7])
    monkeypatch.setattr(allocate_status.secrets, "randbelow", lambda _: next(places))
    signed = []
    for number in range(3):
        person = Person.objects.create_user(f"nguoi-{number}", "mat-khau-rat-dai", full_name=f"K {number}")
        signed.append(signed_certificate(make_sitting(person=person)))
    assert [(one.status_list.number, one.status_index) for one in signed if one.status_list] == [
        (1, 7),
        (1, 9),
        (2, 7),
    ]


def test_an_unknown_list_is_not_found(client: Client, db: None) -> None:
    assert client.get("/status/7").status_code == 404


@hypothesis_settings(max_examples=25)
@given(st.sets(st.integers(0, 131_071), max_size=200), st.integers(0, 131_071))
def test_bits_come_back(withdrawn: set[int], other: int) -> None:
    content = status_credential(
        "https://x/status/1", "did:web:x", encoded_list(withdrawn, 131_072), NOW, NOW + status.VALIDITY
    )
    for index in {*withdrawn, other}:
        assert is_withdrawn(content, index, NOW) == (index in withdrawn)


def _with(**changes: Any) -> dict[str, Any]:
    content = status_credential(
        "https://x/status/1", "did:web:x", encoded_list([5], 131_072), NOW, NOW + status.VALIDITY
    )
    subject = {name: value for name, value in changes.items() if name in content["credentialSubject"]}
    outer = {name: value for name, value in changes.items() if name not in subject}
    return {**content, **outer, "credentialSubject": {**content["credentialSubject"], **subject}}


def _packed(bits: bytes) -> str:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        file.write(bits)
    return "u" + base64url(packed.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        _with(validUntil="2026-11-24T11:59:59Z"),
        _with(validFrom="2026-11-24T12:00:01Z"),
        _with(validUntil="mai"),
        _with(statusPurpose="suspension"),
        _with(encodedList="u"),
        _with(encodedList="H4sIAAAA"),
        _with(encodedList=_packed(bytes(100))),
        _with(encodedList=None),
        {},
        {"credentialSubject": []},
    ],
)
def test_unfit_lists_are_refused(content: dict[str, Any]) -> None:
    assert is_withdrawn(_with(), 5, NOW)
    with pytest.raises(BadStatusList):
        is_withdrawn(content, 5, NOW)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = _with(encodedList=_packed(bytes(64 * 1024 * 1024)))
    with pytest.raises(BadStatusList):
        is_withdrawn(bomb, 60 * 1024 * 1024 * 8, NOW)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_five_workers_at_once_sign_one_credential(make_sitting: MakeSitting) -> None:
    sitting = make_sitting()
    issue_for_sitting(sitting)
    pk = Certificate.objects.get(sitting=sitting).pk
    Certificate.objects.filter(pk=pk).update(credential="", ticket="", status_list=None, status_index=None)
    StatusList.objects.update(allocated=0)
    seen: list[tuple[str, str, int | None]] = []

    def sign() -> None:
        certificate = Certificate.objects.get(pk=pk)
        sign_credential(certificate)
        seen.append((certificate.credential, certificate.ticket, certificate.status_index))
        connections.close_all()

    workers = [threading.Thread(target=sign) for _ in range(5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(seen) == 5
    assert len(set(seen)) == 1
    assert sum(StatusList.objects.values_list("allocated", flat=True)) == 1
    claims = json.loads(from_base64url(seen[0][0].split(".")[1]))
    assert claims["credentialStatus"]["statusListIndex"] == str(seen[0][2])
