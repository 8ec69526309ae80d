"""A year passes, or a key gets lost: what was signed stays valid, or is issued again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from assessments.certificates.api import Certificate, CodeStatus, check_code, correct_name
from assessments.certificates.credentials.checked import Problem
from assessments.certificates.credentials.sign_credential import sign_credential
from assessments.certificates.credentials.signed_document import signed_document
from assessments.certificates.credentials.verify import verify_json, verify_jwt, verify_ticket
from assessments.certificates.issuing.make_paper import make_paper
from assessments.certificates.record_event import chain_is_whole
from assessments.certificates.replace_compromised_key import replace_compromised_key
from assessments.certificates.signing.keys import KeyUse, SigningKey, active_key
from assessments.certificates.tasks import rotate_old_keys
from assessments.certificates.verifying.check_pdf import check_pdf
from lms.accounts.api import Person
from tests.certificates.conftest import MakeSitting
from tests.certificates.signed import signed_certificate


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def certificate(make_sitting: MakeSitting) -> Certificate:
    return signed_certificate(make_sitting())


def published(client: Client) -> set[str]:
    methods = {method["id"] for method in client.get("/.well-known/did.json").json()["verificationMethod"]}
    assert methods == {jwk["kid"] for jwk in client.get("/.well-known/jwks.json").json()["keys"]}
    return methods


def test_after_a_year_new_keys_sign_and_old_signatures_hold(client: Client, certificate: Certificate) -> None:
    document = signed_document(certificate)
    before = published(client)
    assert rotate_old_keys() == 0
    SigningKey.objects.update(created_at=timezone.now() - dt.timedelta(days=366))
    assert rotate_old_keys() == len(before)
    assert rotate_old_keys() == 0
    assert published(client) > before
    assert verify_jwt(certificate.credential).valid
    assert verify_ticket(certificate.ticket).valid
    assert verify_json(document).valid
    assert signed_document(certificate)["proof"][0]["verificationMethod"] not in before


@pytest.mark.parametrize("use", [KeyUse.CREDENTIAL, KeyUse.TICKET])
def test_a_compromised_key_leaves_and_its_certificates_are_issued_again(
    client: Client, certificate: Certificate, use: KeyUse
) -> None:
    key = active_key(use)
    assert client.get(f"/keys/{key.name}.json").status_code == 200
    call_command("signing_keys", "compromise", key.name)
    assert key.kid not in published(client)
    assert client.get(f"/keys/{key.name}.json").status_code == 404
    show = {KeyUse.CREDENTIAL: verify_jwt, KeyUse.TICKET: verify_ticket}[use]
    text = {KeyUse.CREDENTIAL: certificate.credential, KeyUse.TICKET: certificate.ticket}[use]
    assert show(text).problem == Problem.UNKNOWN_KEY

    newer = Certificate.objects.get(replaces=certificate)
    sign_credential(newer)
    assert (newer.name, newer.level) == (certificate.name, certificate.level)
    assert newer.valid_until == certificate.valid_until
    assert newer.origin == "reissue"
    assert newer.number != certificate.number
    assert verify_jwt(newer.credential).valid
    assert verify_ticket(newer.ticket).valid
    assert check_code(certificate.code).status == CodeStatus.SUPERSEDED
    assert chain_is_whole(certificate)
    assert chain_is_whole(newer)
    assert replace_compromised_key(key.kid) == 0


def test_a_lost_seal_key_makes_papers_strange_and_issues_them_again(certificate: Certificate) -> None:
    make_paper(certificate.pk)
    certificate.refresh_from_db()
    paper = certificate.pdf.read()
    assert check_pdf(paper).genuine
    assert certificate.seal_key is not None
    assert replace_compromised_key(certificate.seal_key.kid) == 1
    assert not check_pdf(paper).genuine
    newer = Certificate.objects.get(replaces=certificate)
    make_paper(newer.pk)
    newer.refresh_from_db()
    assert check_pdf(newer.pdf.read()).valid


def test_a_lost_proof_key_only_needs_new_proofs(client: Client, certificate: Certificate) -> None:
    document = signed_document(certificate)
    client.get("/status/1")
    assert replace_compromised_key(active_key(KeyUse.PROOF).kid) == 0
    assert verify_json(document).problem == Problem.UNKNOWN_KEY
    assert verify_json(signed_document(certificate)).valid
    assert client.get("/status/1").json()["proof"][0]["verificationMethod"] == active_key(KeyUse.PROOF).kid


def test_certificates_of_other_keys_stay(
    client: Client, certificate: Certificate, make_sitting: MakeSitting
) -> None:
    old = active_key(KeyUse.CREDENTIAL)
    SigningKey.objects.update(created_at=timezone.now() - dt.timedelta(days=366))
    rotate_old_keys()
    other = Person.objects.create_user("k-tham", "mat-khau-rat-dai", full_name="K Thắm")
    later = signed_certificate(make_sitting(person=other))
    assert replace_compromised_key(old.kid) == 1
    assert verify_jwt(later.credential).valid
    assert not Certificate.objects.filter(replaces=later).exists()


def test_a_corrected_name_is_a_new_credential(certificate: Certificate, person: Person) -> None:
    corrected = correct_name(certificate, "K'Brẽm Thị Hướng", person)
    sign_credential(corrected)
    old, new = verify_jwt(certificate.credential), verify_jwt(corrected.credential)
    assert (old.genuine, old.problem) == (True, Problem.WITHDRAWN)
    assert new.valid
    assert verify_ticket(corrected.ticket).content["name"] == "K'Brẽm Thị Hướng"
    hashes = [one.content["credentialSubject"]["identifier"][0]["identityHash"] for one in (old, new)]
    assert hashes[0] != hashes[1]


def test_the_command_lists_and_rotates(capsys: pytest.CaptureFixture[str], db: None) -> None:
    call_command("signing_keys", "make")
    call_command("signing_keys", "rotate", "proof")
    capsys.readouterr()
    call_command("signing_keys", "list")
    told = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert sorted((line[0], line[3]) for line in told) == [
        ("credential", "signs"),
        ("proof", "retired"),
        ("proof", "signs"),
        ("seal", "signs"),
        ("ticket", "signs"),
    ]
