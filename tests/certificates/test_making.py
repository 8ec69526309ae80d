"""Killed between any two steps, or made by five workers at once: one certificate, one number, one place, one file."""

from __future__ import annotations

import hashlib
import signal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from assessments.certificates.api import Certificate, CertificateState, correct_name, issue_for_sitting
from assessments.certificates.issuing import make_paper as making
from assessments.certificates.issuing.make_paper import make_paper
from assessments.certificates.issuing.reprint import reprint
from assessments.certificates.models import StatusList
from assessments.certificates.private_files import private_files
from assessments.certificates.tasks import render_certificate
from lms.accounts.api import Person
from tests.certificates.conftest import MakeSitting
from tests.certificates.paper_worker import Place, in_workers

State = CertificateState


@pytest.fixture(autouse=True)
def _no_message_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the worker, which runs inside these tests, would have done all the work before they begin."""
    monkeypatch.setattr(render_certificate, "delay", lambda certificate_id: None)


def issued(make_sitting: MakeSitting) -> Certificate:
    sitting = make_sitting()
    issue_for_sitting(sitting)
    return Certificate.objects.get(sitting=sitting)


@pytest.fixture
def place() -> Place:
    connections.close_all()
    name = str(connection.settings_dict["NAME"])
    return Place(name, Path(settings.VAR), Path(settings.SIGNING_KEYS_DIR))


def is_whole(certificate: Certificate) -> None:
    certificate.refresh_from_db()
    assert certificate.state == State.STORED
    content = certificate.pdf.read()
    assert hashlib.sha256(content).hexdigest() == certificate.pdf_digest
    assert certificate.credential
    assert certificate.ticket
    assert certificate.status_index is not None
    assert not private_files().exists(f"drafts/{certificate.code}")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_five_workers_at_once_make_one_file(make_sitting: MakeSitting, place: Place) -> None:
    certificate = issued(make_sitting)
    assert in_workers(place, [(certificate.pk, "", "")] * 5) == [0] * 5
    is_whole(certificate)
    assert Certificate.objects.count() == 1
    assert StatusList.objects.get().allocated == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_beside_any_step_costs_nothing(make_sitting: MakeSitting, place: Place, when: str) -> None:
    """Killed when the work of a step is done but not yet written to the row, and right after it is."""
    states = [State.PENDING, State.SIGNED, State.RENDERED, State.SEALED]
    certificates = [issued(make_sitting) for _ in states]
    orders = [(one.pk, str(state), when) for one, state in zip(certificates, states, strict=True)]
    assert in_workers(place, orders) == [-signal.SIGKILL] * 4
    for certificate in certificates:
        certificate.refresh_from_db()
        kept = (certificate.number, certificate.credential, certificate.status_index)
        make_paper(certificate.pk)
        is_whole(certificate)
        assert (certificate.number, certificate.credential, certificate.status_index) == kept
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert [int(number[-6:]) for number in numbers] == [1, 2, 3, 4]
    assert StatusList.objects.get().allocated == 4


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.RENDERED, State.SEALED])
def test_a_lost_draft_is_made_again(
    make_sitting: MakeSitting, state: CertificateState, monkeypatch: Any
) -> None:
    certificate = issued(make_sitting)
    with monkeypatch.context() as patch:
        patch.setitem(making._STEPS, state, _stop)
        with pytest.raises(InterruptedError):
            make_paper(certificate.pk)
    for draft in Path(private_files().path(f"drafts/{certificate.code}")).iterdir():
        draft.unlink()
    assert make_paper(certificate.pk)
    is_whole(certificate)


def _stop(certificate: Certificate) -> bool:
    raise InterruptedError


@pytest.mark.django_db
def test_a_holder_erased_during_the_work_leaves_no_file(make_sitting: MakeSitting, monkeypatch: Any) -> None:
    certificate = issued(make_sitting)
    storage = private_files()
    write = making._write

    def erased_now(found: Certificate, name: str, content: bytes) -> None:
        write(found, name, content)
        if name.endswith(f"{found.code}.pdf"):
            Certificate.objects.filter(pk=found.pk).update(person=None, name="", state=State.STORED)

    monkeypatch.setattr(making, "_write", erased_now)
    assert not make_paper(certificate.pk)
    assert not storage.exists(f"{certificate.issued_on.year}/{certificate.code}.pdf")
    assert not storage.exists(f"drafts/{certificate.code}")


@pytest.mark.django_db
def test_a_reprint_is_the_same_certificate_with_a_new_seal(make_sitting: MakeSitting, person: Person) -> None:
    certificate = issued(make_sitting)
    make_paper(certificate.pk)
    certificate.refresh_from_db()
    before = (certificate.number, certificate.code, certificate.credential, certificate.ticket)
    first = certificate.pdf_digest
    assert reprint(certificate, person, "seal renewed")
    assert not reprint(certificate, person, "seal renewed")
    make_paper(certificate.pk)
    certificate.refresh_from_db()
    assert (certificate.number, certificate.code, certificate.credential, certificate.ticket) == before
    assert certificate.pdf_digest != first
    assert certificate.events.last().kind == "reprinted"


@pytest.mark.django_db
def test_each_issuer_counts_its_own_years(make_sitting: MakeSitting, person: Person) -> None:
    first = issued(make_sitting)
    type(first.achievement).objects.update(issuer_code="LD")
    second = issued(make_sitting)
    year = first.issued_on.year
    assert (first.number, second.number) == (f"{year}-000001", f"LD-{year}-000001")
    assert correct_name(second, "Tên Đúng", person).number == f"LD-{year}-000002"
