"""What a PDF is worth: genuine, altered, not ours, without seal; hostile files get an answer."""

from __future__ import annotations

import base64
import io
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import NameObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import copy_into_new_writer

from assessments.certificates.api import Certificate, correct_name, issue_for_sitting, revoke_certificate
from assessments.certificates.codes import shown
from assessments.certificates.issuing.make_paper import make_paper
from assessments.certificates.signing.keys import KeyUse, compromise_key, rotate_key, signer_for
from assessments.certificates.signing.seal_identity import seal_certificates
from assessments.certificates.verifying.check_pdf import FileAnswer, check_pdf
from assessments.certificates.verifying.read_seal import read_seal
from tests.certificates.conftest import MakeSitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(make_sitting: MakeSitting) -> Certificate:
    issue_for_sitting(make_sitting())
    made = Certificate.objects.get()
    make_paper(made.pk)
    made.refresh_from_db()
    return made


@pytest.fixture
def paper(certificate: Certificate) -> bytes:
    with certificate.pdf.open("rb") as file:
        return file.read()


def ours() -> list[str]:
    return [certificate.sha256.hex() for certificate in seal_certificates()]


def sent(client: Client, data: bytes, name: str = "giay.pdf") -> Any:
    return client.post("/chung-nhan/tep/", {"tep": SimpleUploadedFile(name, data, "application/pdf")})


def edited(data: bytes) -> bytes:
    """As an editor saves it: a new revision behind what was sealed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    writer.root[NameObject("/Lang")] = TextStringObject("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(data: bytes) -> bytes:
    """As a converter saves it: everything anew, the seal is gone."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(data)))
    for name in ("/AcroForm", "/Perms"):
        writer.root.pop(NameObject(name), None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flipped(data: bytes, place: int) -> bytes:
    spoiled = bytearray(data)
    spoiled[place] ^= 1
    return bytes(spoiled)


def test_the_file_that_we_issued_is_genuine(client: Client, certificate: Certificate, paper: bytes) -> None:
    response = sent(client, paper)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Tệp thật, còn hiệu lực" in page
    assert certificate.name not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_what_happened_since_is_told(client: Client, certificate: Certificate, paper: bytes) -> None:
    newer = correct_name(certificate, "Tên Đúng", None)
    page = sent(client, paper).content.decode()
    assert "đã có chứng nhận mới thay" in page
    assert shown(newer.code) in page
    revoke_certificate(certificate, "Làm hộ", None)
    assert "đã bị thu hồi" in sent(client, paper).content.decode()


def test_an_altered_file_leads_to_what_we_issued(
    client: Client, certificate: Certificate, paper: bytes
) -> None:
    for spoiled in (flipped(paper, paper.index(b"/Type")), edited(paper)):
        page = sent(client, spoiled).content.decode()
        assert "Tệp này đã bị sửa" in page
        assert f"/c/{shown(certificate.code)}" in page
    broken = sent(client, paper + b"\n%%EOF\n")
    assert broken.status_code == 400
    assert f"/c/{shown(certificate.code)}" in broken.content.decode()


def test_a_file_without_seal_and_a_foreign_seal(certificate: Certificate, paper: bytes) -> None:
    bare = check_pdf(rewritten(paper))
    assert bare.answer == FileAnswer.NO_SEAL
    assert bare.named is not None
    assert bare.named.certificate == certificate
    assert not bare.valid
    compromise_key(signer_for(KeyUse.SEAL).kid)
    assert check_pdf(paper).answer == FileAnswer.FOREIGN


def test_a_retired_seal_still_counts(paper: bytes) -> None:
    rotate_key(KeyUse.SEAL)
    assert check_pdf(paper).valid


def test_every_flipped_byte_outside_of_the_signature_is_seen(paper: bytes) -> None:
    """Inside of the signature's own container stand bytes that nobody signs."""
    known = ours()
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", paper)
    assert found is not None
    first, second, _ = (int(number) for number in found.groups())
    step = max(1, len(paper) // 150)
    for place in [*range(0, first, step), *range(second, len(paper), step // 4)]:
        reading = read_seal(flipped(paper, place), known)
        assert not (reading.ours and reading.intact and reading.whole), place


def bomb() -> bytes:
    """A small file that unpacks into nine hundred megabytes."""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(bytes(2**20)) for _ in range(900)) + packer.flush()
    stream = b"4 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(body)
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AF[3 0 R]>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[]>>endobj\n"
        b"3 0 obj<</EF<</F 4 0 R>>>>endobj\n" + stream + body + b"\nendstream endobj\n"
        b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"
    )


def hostile() -> Iterator[bytes]:
    yield b"%PDF-1.7\n"
    yield b"%PDF-1.7\n" + b"[" * 100_000
    yield b"%PDF-1.7\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
    yield b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Count 1/Kids[1 0 R]>>endobj\nstartxref\n0\n%%EOF"
    yield bomb()


def test_hostile_files_get_a_clear_answer(client: Client, db: None) -> None:
    for data in hostile():
        response = sent(client, data)
        assert response.status_code == 400, data[:60]
        assert "Không đọc được tệp này" in response.content.decode()
    assert sent(client, b"hello", "x.txt").status_code == 400
    assert sent(client, b"").status_code == 400
    assert client.post("/chung-nhan/tep/", {}).status_code == 400
    large = sent(client, b"%PDF-" + bytes(1_500_001))
    assert large.status_code == 400
    assert "dưới 1,5 MB" in large.content.decode()


def test_files_are_throttled(client: Client, settings: Any) -> None:
    settings.CERTIFICATES_FILES = (2, 100, 100)
    assert [sent(client, b"x").status_code for _ in range(3)] == [400, 400, 429]
    assert sent(client, b"x")["Retry-After"].isdigit()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_no_mutation_breaks_the_reader_or_passes(paper: bytes, data: st.DataObject) -> None:
    """Cut, spliced and overwritten papers; the part in front of the signature is always touched."""
    end = paper.index(b"/ByteRange") - 25_000
    place = data.draw(st.integers(9, end))
    kind = data.draw(st.sampled_from(["cut", "splice", "write", "twice"]))
    some = data.draw(st.binary(min_size=1, max_size=40))
    spoiled = {
        "cut": paper[:place] + paper[place + len(some) :],
        "splice": paper[:place] + some + paper[place:],
        "write": paper[:place] + some + paper[place + len(some) :],
        "twice": paper[:place] + paper,
    }[kind]
    reading = read_seal(spoiled, ours())
    assert spoiled == paper or not (reading.ours and reading.intact and reading.whole)


@given(data=st.binary(max_size=400))
def test_nonsense_never_breaks_the_reader(data: bytes) -> None:
    assert not read_seal(b"%PDF-1.4\n" + data, []).ours


def test_the_command_knows_files_by_their_content(
    certificate: Certificate, paper: bytes, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "a").write_bytes(paper)
    (tmp_path / "b").write_text(certificate.credential + "\n")
    for name in "ab":
        call_command("verify_certificate", str(tmp_path / name))
        assert json.loads(capsys.readouterr().out)["valid"] is True
    (tmp_path / "c").write_bytes(edited(paper))
    (tmp_path / "d").write_text("{}")
    for name, status in (("c", "altered"), ("d", "refused"), ("khong-co", "mistyped")):
        with pytest.raises(SystemExit):
            call_command("verify_certificate", str(tmp_path / name))
        assert json.loads(capsys.readouterr().out)["status"] == status


def test_programs_get_the_same_answer(client: Client, paper: bytes) -> None:
    asked = {"pdf": base64.b64encode(paper).decode()}
    answer = client.post("/api/v1/verify", asked, content_type="application/json").json()
    assert (answer["status"], answer["genuine"], answer["valid"]) == ("valid", True, True)
