"""The sealed file by the eyes of independent programs (poppler, NSS, zbar), whole and spoiled."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from assessments.certificates.api import Certificate, issue_for_sitting
from assessments.certificates.credentials.qr_address import qr_address
from assessments.certificates.issuing.make_paper import make_paper
from assessments.certificates.paper.render_page import certificate_page
from assessments.certificates.signing.seal_identity import ca_pem
from lms.accounts.api import Person
from tests.certificates.conftest import MakeSitting

LETTERS = "Nguyễn Thị Hường — K’Ho — Đắk Nông — Ƀ ô̆ ê̆ ơ̆ ư̆ č"
GOLDEN = Path(__file__).parent / "golden_name.png"
TOOLS = ("pdfsig", "pdfdetach", "pdftoppm", "zbarimg", "certutil")
pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason="run tools/checkers_install.sh"
)


def run(*command: str | Path) -> str:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False).stdout


@pytest.fixture
def certificate(make_sitting: MakeSitting, person: Person) -> Certificate:
    person.full_name = LETTERS
    person.save()
    sitting = make_sitting()
    issue_for_sitting(sitting)
    found = Certificate.objects.get(sitting=sitting)
    make_paper(found.pk)
    found.refresh_from_db()
    return found


@pytest.fixture
def trusted(db: None, tmp_path: Path) -> Path:
    """A store of certificates that knows nobody but our authority."""
    store = tmp_path / "store"
    store.mkdir()
    (tmp_path / "ca.pem").write_bytes(ca_pem())
    run("certutil", "-N", "-d", store, "--empty-password")
    run("certutil", "-A", "-d", store, "-n", "ca", "-t", "CT,C,C", "-i", tmp_path / "ca.pem")
    return store


def test_the_seal_is_valid_trusted_and_covers_everything(
    certificate: Certificate, trusted: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.pdf"
    whole = certificate.pdf.read()
    paper.write_bytes(whole)
    said = run("pdfsig", "-nssdir", trusted, paper)
    assert "Signature is Valid." in said
    assert "Certificate is Trusted." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert b"/DocMDP" in whole
    assert run("pdfinfo", paper).count("Tagged:          yes") == 1
    spoiled = bytearray(whole)
    spoiled[len(spoiled) // 4] ^= 1
    paper.write_bytes(spoiled)
    assert "Digest Mismatch" in run("pdfsig", "-nssdir", trusted, paper)


def test_the_credential_lies_inside_byte_for_byte(certificate: Certificate, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(certificate.pdf.read())
    run("pdfdetach", "-save", "1", "-o", tmp_path / "credential.jwt", paper)
    assert (tmp_path / "credential.jwt").read_text() == certificate.credential


@pytest.mark.parametrize("dots", ["150", "300"])
def test_the_code_scans_from_the_printed_page(certificate: Certificate, tmp_path: Path, dots: str) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(certificate.pdf.read())
    run("pdftoppm", "-r", dots, "-gray", "-png", paper, tmp_path / "page")
    page = next(tmp_path.glob("page*.png"))
    assert run("zbarimg", "-q", "--raw", page).strip() == qr_address(certificate)
    assert "#" in qr_address(certificate)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_name_looks_as_it_must(certificate: Certificate, tmp_path: Path, form: str) -> None:
    """A little blur forgives the last bit of another rasteriser, never a missing mark."""
    certificate.name = unicodedata.normalize(form, certificate.name)
    (tmp_path / "page.pdf").write_bytes(certificate_page(certificate))
    window = ("-x", "100", "-y", "480", "-W", "1560", "-H", "110")
    run("pdftoppm", "-r", "150", "-gray", *window, "-png", tmp_path / "page.pdf", tmp_path / "name")
    made = Image.open(next(tmp_path.glob("name*.png"))).convert("L")
    wanted = Image.open(GOLDEN).convert("L")
    blur = ImageFilter.BoxBlur(2)
    difference = ImageChops.difference(made.filter(blur), wanted.filter(blur))
    assert difference.getextrema()[1] < 60
