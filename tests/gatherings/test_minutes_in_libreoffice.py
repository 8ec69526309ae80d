"""The DOCX of both forms, opened by an independent word processor: whole, in order, and on pages as it should be."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path

from courses.gatherings.minutes.paper_forms import paper_forms
from courses.gatherings.minutes.record import Opinion, Record
from courses.gatherings.minutes.render_docx import minutes_docx
from courses.gatherings.minutes.wording import paper
from tests.gatherings.test_minutes import BEGAN, LOG, SAID

LONG = dataclasses.replace(SAID, opinions=tuple(Opinion("Ka Hiền", f"Ý kiến số {n}") for n in range(1, 15)))


def test_both_forms_open_in_libreoffice_and_read_as_minutes(tmp_path: Path) -> None:
    for form in paper_forms().values():
        words = paper(Record(LOG, LONG), form.kind)
        (tmp_path / f"{form.key}.docx").write_bytes(minutes_docx(words, form.template, BEGAN))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(tmp_path / f"{key}.docx") for key in paper_forms()]
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        check=True,
        capture_output=True,
    )
    for form in paper_forms().values():
        read = ["pdftotext", "-layout", str(tmp_path / f"{form.key}.pdf"), "-"]
        pages = (
            subprocess.run(read, check=True, capture_output=True, text=True).stdout.rstrip("\f").split("\f")
        )
        assert len(pages) == 2, form.key
        first, second = pages
        assert first.split()[0] != "1"  # no number on the first page
        assert second.split()[0] == "2"
        head = "ĐẢNG CỘNG SẢN VIỆT NAM" if form.kind == "party" else "Độc lập - Tự do - Hạnh phúc"
        order = [head, "BIÊN BẢN", "Thành phần", "Ý kiến số 14", "Kết luận", "NGƯỜI GHI BIÊN BẢN", "Nơi nhận"]
        places = ["".join(pages).index(text) for text in order]
        assert places == sorted(places)
        assert "K'Brếp" in second
        assert "{" not in first + second
