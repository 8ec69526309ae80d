"""A whole unit after a test day: one ZIP, one file to print, one time-stamp; scoped, resumable, forgetful."""

from __future__ import annotations

import datetime as dt
import io
import json
import threading
import uuid
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from asn1crypto import cms, keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper

from assessments.certificates.api import Achievement, Certificate
from assessments.certificates.issuing import merkle
from assessments.certificates.issuing.models import Batch, BatchState
from assessments.certificates.issuing.run_batch import run_batch
from assessments.certificates.private_files import private_files
from assessments.certificates.verifying.check_pdf import check_pdf
from lms.accounts.api import Person, erase_person
from lms.organisations.api import Role, RoleKind, Unit, UnitKind
from tests.certificates.conftest import MakeSitting


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_every_leaf_leads_to_the_root_and_nothing_else_does(
    digests: list[bytes], data: st.DataObject
) -> None:
    root = merkle.root_of(digests)
    at = data.draw(st.integers(0, len(digests) - 1))
    path = merkle.path_to(digests, at)
    assert merkle.leads_to(digests[at], path, root)
    stranger = data.draw(st.binary(min_size=32, max_size=32).filter(lambda one: one not in digests))
    assert not merkle.leads_to(stranger, path, root)


@pytest.fixture
def commune(db: None) -> Unit:
    province = Unit.add_root(kind=UnitKind.PROVINCE, name="Tỉnh thử", slug="tinh-thu")
    return province.add_child(kind=UnitKind.COMMUNE, name="Xã thử", slug="xa-thu")


@pytest.fixture
def elsewhere(commune: Unit) -> Unit:
    return Unit.objects.get(slug="tinh-thu").add_child(kind=UnitKind.COMMUNE, name="Xã khác", slug="xa-khac")


@pytest.fixture
def exam_day(commune: Unit, elsewhere: Unit, make_sitting: MakeSitting) -> Unit:
    hamlet = commune.add_child(kind=UnitKind.HAMLET, name="Thôn 1", slug="thon-1")
    for n in range(3):
        someone = Person.objects.create_user(f"nguoi-{n}", full_name=f"Người Thứ {n}")
        make_sitting(person=someone, unit_ids=[hamlet.pk])
    stranger = Person.objects.create_user("nguoi-khac", full_name="Người Nơi Khác")
    make_sitting(person=stranger, unit_ids=[elsewhere.pk])
    failed = Person.objects.create_user("chua-dat", full_name="Chưa Đạt")
    make_sitting(person=failed, unit_ids=[commune.pk], passed=False)
    early = Person.objects.create_user("hom-truoc", full_name="Hôm Trước")
    make_sitting(person=early, unit_ids=[commune.pk], finished_at=timezone.now() - dt.timedelta(days=3))
    return commune


def ordered(unit: Unit) -> Batch:
    today = timezone.localdate()
    return Batch.objects.create(unit=unit, first_day=today, last_day=today)


def packed(batch: Batch) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(private_files().open(batch.archive).read()))


def test_a_batch_holds_who_passed_here_on_these_days(exam_day: Unit) -> None:
    batch = ordered(exam_day)
    run_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.total, batch.done) == (BatchState.DONE, 3, 3)
    archive = packed(batch)
    said = json.loads(archive.read("batch.json"))
    assert len(said["files"]) == 3
    for one in said["files"]:
        paper = archive.read(one["file"])
        assert paper.startswith(b"%PDF")
        assert _digest(paper) == one["sha256"]
        path = [(step["side"], bytes.fromhex(step["hash"])) for step in one["path"]]
        assert merkle.leads_to(bytes.fromhex(one["sha256"]), path, bytes.fromhex(said["root"]))
    pages = PdfFileReader(io.BytesIO(private_files().open(batch.print_file).read()))
    assert int(pages.root["/Pages"]["/Count"]) == 3
    assert not Certificate.objects.filter(
        person__username__in=["nguoi-khac", "chua-dat", "hom-truoc"]
    ).exists()


def _digest(content: bytes) -> str:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(content)
    return digest.finalize().hex()


def test_running_it_again_changes_nothing(exam_day: Unit) -> None:
    batch = ordered(exam_day)
    run_batch(batch.pk)
    Batch.objects.update(state=BatchState.WORKING)  # the worker was killed before it said that it was done
    before = sorted(Certificate.objects.values_list("number", "pdf_digest"))
    root = Batch.objects.get().root
    run_batch(batch.pk)
    assert sorted(Certificate.objects.values_list("number", "pdf_digest")) == before
    assert (Batch.objects.get().root, Batch.objects.get().state) == (root, BatchState.DONE)


def test_an_erased_holder_leaves_the_files_of_the_batch(
    exam_day: Unit, django_capture_on_commit_callbacks: Any
) -> None:
    batch = ordered(exam_day)
    run_batch(batch.pk)
    gone = Person.objects.get(username="nguoi-1")
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(gone)
    batch.refresh_from_db()
    said = json.loads(packed(batch).read("batch.json"))
    assert (batch.state, len(said["files"])) == (BatchState.DONE, 2)


class _TimeStamps(BaseHTTPRequestHandler):
    authority: DummyTimeStamper
    asked: list[bytes]

    def do_POST(self) -> None:
        request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(request["message_imprint"]["hashed_message"].native)
        answer = self.authority.request_tsa_response(request).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture
def time_stamp_server(settings: Any) -> Iterator[list[bytes]]:
    """A small authority of its own, on loopback."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Giờ thử nghiệm")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(days=1))
    made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    authority = DummyTimeStamper(asn1_x509.Certificate.load(certificate), keys.PrivateKeyInfo.load(private))
    handler = type("Handler", (_TimeStamps,), {"authority": authority, "asked": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TIME_STAMP_SERVER = f"http://127.0.0.1:{server.server_port}/"
    yield handler.asked
    server.shutdown()
    server.server_close()


def test_one_time_stamp_dates_the_whole_batch_and_each_seal_has_its_own(
    exam_day: Unit, time_stamp_server: list[bytes]
) -> None:
    batch = ordered(exam_day)
    run_batch(batch.pk)
    batch.refresh_from_db()
    token = cms.ContentInfo.load(packed(batch).read("time-stamp.p7s"))
    said = token["content"]["encap_content_info"]["content"].parsed
    assert said["message_imprint"]["hashed_message"].native.hex() == batch.root
    assert time_stamp_server.count(bytes.fromhex(batch.root)) == 1
    data = Certificate.objects.first().pdf.read()
    paper = PdfFileReader(io.BytesIO(data))
    signer = paper.embedded_signatures[0].signer_info
    kinds = {one["type"].native for one in signer["unsigned_attrs"]}
    assert "signature_time_stamp_token" in kinds
    assert check_pdf(data).genuine


def test_a_time_stamp_server_that_is_away_is_said_and_tried_again(exam_day: Unit, settings: Any) -> None:
    batch = ordered(exam_day)
    settings.TIME_STAMP_SERVER = "http://127.0.0.1:9/"
    run_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED
    assert batch.problem
    settings.TIME_STAMP_SERVER = ""
    Batch.objects.update(state=BatchState.WORKING)
    run_batch(batch.pk)
    assert Batch.objects.get().state == BatchState.DONE


@pytest.fixture
def member(commune: Unit, client: Client) -> Client:
    """A member of the committee of the commune."""
    person = Person.objects.create_user("ban-chi-dao", full_name="Ban Chỉ Đạo", is_demo=True)
    Role.objects.create(person=person, unit=commune, kind=RoleKind.COMMITTEE)
    client.force_login(person)
    return client


@pytest.mark.django_db
def test_the_committee_orders_watches_and_takes_away(
    exam_day: Unit, member: Client, elsewhere: Unit, django_capture_on_commit_callbacks: Any
) -> None:
    page = "/chung-nhan/dot-cap/"
    assert "Xã khác" not in member.get(page).content.decode()
    day = timezone.localdate().isoformat()
    asked = {"unit": str(exam_day.uuid), "first_day": day, "last_day": day, "batch_uuid": str(uuid.uuid4())}
    assert member.post(page, asked | {"unit": str(elsewhere.uuid)}).status_code == 400
    assert member.post(page, asked | {"last_day": "2099-01-01"}).status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        sent = member.post(page, asked)
    assert member.post(page, asked).url == sent.url
    assert Batch.objects.count() == 1
    shown = member.get(sent.url).content.decode()
    assert f"{sent.url}in.pdf" in shown
    assert member.get(f"{sent.url}tep.zip")["Content-Type"] == "application/zip"
    assert b"".join(member.get(f"{sent.url}in.pdf")).startswith(b"%PDF")
    events = Certificate.objects.first().events.order_by("position").values_list("kind", flat=True)
    assert list(events) == ["issued", "downloaded", "reprinted"]
    foreign = ordered(elsewhere)
    assert member.get(f"{page}{foreign.uuid}/").status_code == 404
    assert Achievement.objects.count() == 1
