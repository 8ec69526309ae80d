"""What a PDF is worth: genuine, altered, not ours, without seal; hostile files get an answer."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import re
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, core
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import NameObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import copy_into_new_writer

from assessments.certificates.api import Certificate, correct_name, issue_for_sitting, revoke_certificate
from assessments.certificates.codes import shown
from assessments.certificates.issuing.make_paper import make_paper
from assessments.certificates.mask_name import masked
from assessments.certificates.signing.keys import KeyUse, compromise_key, rotate_key, signer_for
from assessments.certificates.signing.seal_identity import authority_certificate, seal_certificates
from assessments.certificates.verifying.check_pdf import FileAnswer, check_pdf
from assessments.certificates.verifying.read_seal import SealReading, read_seal
from lms.theme import written_numbers
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


def read(data: bytes) -> SealReading:
    leaves = [certificate.sha256.hex() for certificate in seal_certificates()]
    return read_seal(data, authority_certificate().sha256.hex(), leaves)


def passes(reading: SealReading) -> bool:
    return reading.ours and reading.intact and reading.whole


def gap_of(paper: bytes) -> tuple[int, int]:
    """Where the seal's own container stands, which the seal cannot cover."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", paper)
    assert found is not None
    return int(found.group(1)), int(found.group(2))


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
    for behind in (b"\n", b" ", b"\x00", b"junk", b"\n%%EOF\n", bytes(3_000), b"<html>" * 500):
        answer = sent(client, paper + behind)
        assert answer.status_code == 200, behind[:20]
        assert "Tệp này đã bị sửa" in answer.content.decode(), behind[:20]


def test_an_altered_file_stands_beside_what_we_issued_item_by_item(
    client: Client, certificate: Certificate, paper: bytes
) -> None:
    page = sent(client, edited(paper)).content.decode()
    table = page[page.index("<table") : page.index("</table>")]
    said = certificate.snapshot
    day = written_numbers.date(certificate.issued_on)
    for item in (said["title"], certificate.level, said["issuer"], certificate.number, day):
        assert f">{item}<" in table
    assert masked(certificate.name) in unescape(table)
    assert certificate.name not in unescape(page)
    assert table.count("không tin\xa0được") == table.count("<tr>") - 1 == 8


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


def test_every_flipped_byte_outside_of_the_container_is_seen(paper: bytes) -> None:
    first, second = gap_of(paper)
    step = max(1, len(paper) // 150)
    sealed = [*range(0, first, step), *range(second, len(paper), step // 4)]
    for place in sealed:
        assert not passes(read(flipped(paper, place))), place


def test_no_byte_of_the_container_can_change(paper: bytes) -> None:
    """What nobody signs: padding, spare attributes, certificates beside the signature, letters' case of digits."""
    first, second = gap_of(paper)
    assert passes(read(paper))
    for place in range(first, second, 73):
        for bit in (1, 0x20):
            spoiled = bytearray(paper)
            spoiled[place] ^= bit
            assert not passes(read(bytes(spoiled))), (place, bit)


def test_a_container_written_otherwise_is_not_ours(paper: bytes) -> None:
    """Each of these verifies as a signature of the same bytes; only the writing differs from what we write."""
    first, second = gap_of(paper)
    spare = cms.CMSAttribute({"type": "1.2.3.4", "values": [core.UTF8String("x")]})
    for change in ("unsigned", "without authority", "again", "padding"):
        content = cms.ContentInfo.load(bytes.fromhex(paper[first + 1 : second - 1].decode()))
        signed = content["content"]
        if change == "unsigned":
            signed["signer_infos"][0]["unsigned_attrs"] = [spare]
        if change == "without authority":
            leaves = [one for one in signed["certificates"] if one.chosen.subject != one.chosen.issuer]
            signed["certificates"] = leaves
        if change == "again":
            signed["digest_algorithms"] = [*signed["digest_algorithms"], {"algorithm": "sha512"}]
        digits = content.dump(force=True).hex().upper()
        digits = f"{digits}{'41' if change == 'padding' else ''}".ljust(second - first - 2, "0")
        changed = paper[: first + 1] + digits.encode() + paper[second - 1 :]
        reading = read(changed)
        assert (reading.ours, reading.intact, reading.whole) == (True, True, False), change


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
    assert spoiled == paper or not passes(read(spoiled))


@given(data=st.binary(max_size=400))
def test_nonsense_never_breaks_the_reader(data: bytes) -> None:
    assert not read_seal(b"%PDF-1.4\n" + data, "", []).ours


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


def test_the_file_was_not_made_in_the_future(paper: bytes) -> None:
    found = re.search(rb"/CreationDate ?\(D:(\d{14})Z", paper)
    assert found is not None
    made = dt.datetime.strptime(found.group(1).decode(), "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    assert made <= timezone.now()
    assert timezone.localdate(made) == timezone.localdate()
