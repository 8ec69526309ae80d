"""A passed sitting gives one certificate, one number, one paper; corrections and renewals are new certificates."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from assessments.certificates.api import (
    Achievement,
    CannotCorrect,
    CannotRevoke,
    Certificate,
    CertificateState,
    CodeStatus,
    check_code,
    correct_name,
    issue_for_sitting,
    revoke_certificate,
    status_of,
)
from assessments.certificates.issuing.make_paper import make_paper
from assessments.certificates.models import AppendOnly, CertificateEvent, NumberSeries
from assessments.certificates.record_event import chain_is_whole
from assessments.sittings.api import EvidenceClass, Purpose, Sitting, finish_sitting
from lms.accounts.api import Person, erase_person
from tests.certificates.conftest import MakeSitting


def issued(sitting: Sitting) -> Certificate:
    issue_for_sitting(sitting)
    return Certificate.objects.select_related("superseded_by").get(sitting=sitting, origin="earned")


def test_passing_a_scored_sitting_issues_in_the_finishing_transaction(make_sitting: MakeSitting) -> None:
    """Nothing was answered and nothing is asked for, so that the sitting passes through the real door."""
    sitting = make_sitting(
        finished_at=None, passed=None, frozen={"title": "x", "parts": [], "pass_share": 0.0}
    )
    finish_sitting(sitting, uuid.uuid4())
    certificate = Certificate.objects.get()
    assert certificate.number == f"{timezone.localdate().year}-000001"
    assert certificate.name == "K'Brẽm Thị Hường"
    assert check_code(certificate.code).valid
    assert certificate.valid_until is not None
    assert certificate.valid_until.year == timezone.localdate().year + 2


@pytest.mark.parametrize(
    "fields",
    [
        {"passed": False},
        {"passed": None},
        {"purpose": Purpose.PRACTICE},
        {"person": None},
        {"evidence_class": EvidenceClass.ASSISTED},
        {"evidence_class": EvidenceClass.DISCUSSED},
        {"finished_at": None},
    ],
)
def test_nothing_else_earns_one(make_sitting: MakeSitting, fields: dict[str, Any]) -> None:
    issue_for_sitting(make_sitting(**fields))
    assert not Certificate.objects.exists()


def test_issuing_again_changes_nothing(make_sitting: MakeSitting) -> None:
    sitting = make_sitting()
    first = issued(sitting)
    assert issued(sitting) == first
    assert NumberSeries.objects.get().last == 1


def test_a_number_goes_back_when_the_transaction_fails(make_sitting: MakeSitting) -> None:
    with transaction.atomic():
        issue_for_sitting(make_sitting())
        transaction.set_rollback(True)
    assert issued(make_sitting()).number.endswith("-000001")


def test_the_task_makes_the_paper_once(
    make_sitting: MakeSitting, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        certificate = issued(make_sitting())
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.STORED
    assert certificate.pdf.read().startswith(b"%PDF-1.7")
    assert make_paper(certificate.pk) is False


def test_a_lost_message_and_a_half_written_file_are_recovered(make_sitting: MakeSitting) -> None:
    certificate = issued(make_sitting())
    storage = certificate.pdf.storage
    half_done = Path(storage.path(f"{certificate.issued_on.year}/{certificate.code}.pdf"))
    half_done.parent.mkdir(parents=True, exist_ok=True)
    half_done.write_bytes(b"%PDF-1.7 cut off")
    call_command("issue_certificates")
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.STORED
    assert half_done.read_bytes().rstrip().endswith(b"%%EOF")


def test_the_command_finds_what_was_never_issued(make_sitting: MakeSitting, capsys: Any) -> None:
    make_sitting()
    make_sitting(passed=False)
    call_command("issue_certificates")
    call_command("issue_certificates")
    assert capsys.readouterr().out.split("\n")[:2] == [
        '{"issued": 1, "papers": 1}',
        '{"issued": 0, "papers": 0}',
    ]


def test_a_retake_renews(make_sitting: MakeSitting) -> None:
    first = issued(make_sitting())
    second = issued(make_sitting())
    assert second.replaces == first
    assert check_code(first.code).status == CodeStatus.SUPERSEDED
    assert check_code(second.code).valid


def test_a_retake_after_withdrawal_leaves_the_withdrawn_one(make_sitting: MakeSitting) -> None:
    first = issued(make_sitting())
    revoke_certificate(first, "Làm bài hộ", None)
    second = issued(make_sitting())
    assert second.replaces is None
    assert check_code(first.code).status == CodeStatus.REVOKED


def test_a_corrected_name_is_a_new_certificate(make_sitting: MakeSitting, person: Person) -> None:
    old = issued(make_sitting())
    new = correct_name(old, "  K'Brẽm  Thị Hướng ", person)
    assert (new.name, new.level, new.valid_until) == ("K'Brẽm Thị Hướng", old.level, old.valid_until)
    assert new.code != old.code
    old.refresh_from_db()
    assert old.name == "K'Brẽm Thị Hường"
    assert status_of(old) == CodeStatus.SUPERSEDED
    with pytest.raises(CannotCorrect):
        correct_name(old, "Tên khác", person)
    with pytest.raises(CannotCorrect):
        correct_name(new, " \u200b ", person)
    assert NumberSeries.objects.get().last == 2


def test_withdrawing_needs_a_reason_and_keeps_the_first(make_sitting: MakeSitting, person: Person) -> None:
    certificate = issued(make_sitting())
    with pytest.raises(CannotRevoke):
        revoke_certificate(certificate, "  ", person)
    assert revoke_certificate(certificate, "Làm bài hộ", person)
    assert not revoke_certificate(certificate, "Lý do khác", person)
    assert certificate.revoke_reason == "Làm bài hộ"
    assert [event.kind for event in certificate.events.order_by("position")] == ["issued", "revoked"]


def test_events_are_a_chain_that_shows_tampering(make_sitting: MakeSitting, person: Person) -> None:
    certificate = issued(make_sitting())
    revoke_certificate(certificate, "Làm bài hộ", person)
    assert chain_is_whole(certificate)
    event = certificate.events.get(position=2)
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    CertificateEvent.objects.filter(pk=event.pk).update(details={"reason": "Không có gì"})
    assert not chain_is_whole(certificate)


def test_an_erased_person_takes_name_and_paper_along(
    make_sitting: MakeSitting, person: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        certificate = issued(make_sitting())
    certificate.refresh_from_db()
    storage, paper = certificate.pdf.storage, certificate.pdf.name
    assert storage.exists(paper)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person)
    certificate.refresh_from_db()
    assert (certificate.name, certificate.person) == ("", None)
    assert not storage.exists(paper)
    assert check_code(certificate.code).status == CodeStatus.REVOKED


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_threads_give_one_certificate_each_and_no_gap(
    make_sitting: MakeSitting, achievement: Achievement
) -> None:
    """Five threads for the same sitting, and ten more sittings at the same time."""
    same = make_sitting()
    others = [
        make_sitting(person=Person.objects.create_user(f"nguoi-{n}", full_name=f"Người Thứ {n}"))
        for n in range(10)
    ]
    failures: list[Exception] = []
    gate = threading.Barrier(8)

    def work(mine: list[Sitting]) -> None:
        gate.wait()
        try:
            for sitting in mine:
                with transaction.atomic():
                    issue_for_sitting(sitting)
        except Exception as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    shares = [[same]] * 5 + [others[:4], others[4:7], others[7:]]
    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert Certificate.objects.filter(sitting=same).count() == 1
    year = timezone.localdate().year
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert numbers == [f"{year}-{n:06d}" for n in range(1, 12)]
    assert connection.vendor in {"sqlite", "postgresql"}
