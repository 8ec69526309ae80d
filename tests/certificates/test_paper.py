"""The PDF by the eyes of independent programs: poppler and zbar."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from assessments.certificates.api import Certificate, issue_for_sitting, shown_code
from assessments.certificates.mask_name import masked
from assessments.certificates.paper.render_page import certificate_page
from lms.accounts.api import Person
from tests.certificates.conftest import MakeSitting

LETTERS = "Nguyễn Thị Hường — K'Ho — Đắk Nông — Ƀ ô̆ ê̆ ơ̆ ư̆ č"
pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def paper(make_sitting: MakeSitting, person: Person, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    person.full_name = getattr(request, "param", LETTERS)
    person.save()
    issue_for_sitting(make_sitting())
    path = tmp_path / "paper.pdf"
    path.write_bytes(certificate_page(Certificate.objects.get()))
    return path


@pytest.mark.parametrize(
    "paper",
    [LETTERS, unicodedata.normalize("NFD", LETTERS), "Hòa", "K'Brô̆h Ê̆ng", "Ô̆ " * 40],
    indirect=True,
)
def test_names_come_out_letter_by_letter(paper: Path) -> None:
    text = " ".join(unicodedata.normalize("NFC", run("pdftotext", "-layout", str(paper), "-")).split())
    name = Certificate.objects.get().name
    assert unicodedata.is_normalized("NFC", name)
    assert name in text


def test_only_fonts_of_our_packages_and_all_embedded(paper: Path) -> None:
    fonts = run("pdffonts", str(paper)).splitlines()[2:]
    assert fonts
    for line in fonts:
        assert line.split()[0].split("+")[1].startswith(("NotoSerif", "SourceSans3"))
        assert line[line.index("Identity-H") :].split()[1:4] == ["yes", "yes", "yes"]


def test_one_tagged_page_a4_landscape(paper: Path) -> None:
    info = run("pdfinfo", str(paper))
    facts = dict(line.split(":", 1) for line in info.splitlines() if ":" in line)
    assert facts["Tagged"].strip() == "yes"
    assert facts["Pages"].strip() == "1"
    assert facts["Page size"].strip() == "841.89 x 595.276 pts (A4)"
    assert "pdfuaid" in run("pdfinfo", "-meta", str(paper))


def test_the_qr_leads_to_the_public_page(paper: Path, tmp_path: Path) -> None:
    if shutil.which("zbarimg") is None:
        pytest.skip("zbar-tools is not installed")
    run("pdftoppm", "-r", "150", "-png", str(paper), str(tmp_path / "page"))
    found = run("zbarimg", "-q", "--raw", str(next(tmp_path.glob("page*.png")))).strip()
    assert found.endswith(f"/c/{shown_code(Certificate.objects.get().code)}")


def test_the_same_certificate_gives_the_same_bytes(paper: Path) -> None:
    assert certificate_page(Certificate.objects.get()) == paper.read_bytes()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("K'Ho Hiền", "K••• H••n"),
        ("Nguyễn Thị Hường", "N••••• T•• H•••g"),
        ("Ka", "K•"),
        ("", ""),
        ("Brô̆h", "B••h"),
    ],
)
def test_a_masked_name_can_be_compared_but_not_read(name: str, shown: str) -> None:
    assert masked(name) == shown
