"""``manage.py h5p_validate`` says the verdict, in Vietnamese, and the exit status tells scripts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from media.h5p.django_app.messages import SENTENCES, sentence
from tests.h5p import corpus

ROOM = Path(corpus.__file__).resolve().parents[2] / "media" / "h5p"
CODED = re.compile(r"(?:error|warning|Error|Issue)\(\s*\"([a-z0-9]+(?:-[a-z0-9]+)+)\"")


def ran(*paths: Path) -> tuple[list[str], int]:
    out = StringIO()
    try:
        with translation.override("vi"):
            call_command("h5p_validate", *map(str, paths), stdout=out)
    except SystemExit as ended:
        return out.getvalue().splitlines(), int(str(ended.code))
    return out.getvalue().splitlines(), 0


def saved(name: str, folder: Path) -> Path:
    return next(case for case in corpus.all_cases() if case.name == name).save(folder)


def test_good_packages_are_ok(tmp_path: Path) -> None:
    paths = [saved(name, tmp_path) for name in ("good-plain", "good-editor-library-missing")]
    assert ran(*paths) == ([f"OK {path}" for path in paths], 0)


def test_each_fault_has_its_line_and_one_bad_file_fails_all(tmp_path: Path) -> None:
    good, bad = saved("good-plain", tmp_path), saved("many-faults", tmp_path)
    lines, status = ran(good, bad)
    assert status == 1
    assert lines[0] == f"OK {good}"
    assert {tuple(line.split(" ")[:4]) for line in lines[1:]} == {
        ("ERROR", "missing-required-property", str(bad), "h5p.json"),
        ("ERROR", "illegal-option-in-library", str(bad), "h5p.json"),
        ("ERROR", "not-in-whitelist", str(bad), "content/run.exe"),
    }
    assert any("Loại tệp này không được phép." in line for line in lines)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    lines, status = ran(tmp_path / "none.h5p")
    assert status == 1
    assert lines[0].startswith(
        f"ERROR unable-to-read-package-file {tmp_path / 'none.h5p'} - Không đọc được tệp này."
    )


def test_a_hostile_name_stays_on_its_line(tmp_path: Path) -> None:
    lines, _ = ran(saved("name-newline", tmp_path))
    assert all(line.startswith("ERROR ") for line in lines)


def test_every_code_of_the_library_has_a_vietnamese_sentence() -> None:
    sources = [
        path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py") if "django_app" not in path.parts
    ]
    codes = {code for source in sources for code in CODED.findall(source)}
    codes |= {code for case in corpus.all_cases() for code in case.codes}
    codes -= {"not-json"}  # only inside: each reader gives it the code of its own file
    assert len(codes) > 40
    assert codes <= set(SENTENCES)
    with translation.override("vi"):
        told = [sentence(code) for code in codes]
    with translation.override("en"):
        assert not set(told) & {sentence(code) for code in codes}


def test_the_library_works_by_itself_under_its_own_name(tmp_path: Path) -> None:
    shutil.copytree(ROOM, tmp_path / "h5p_python", ignore=shutil.ignore_patterns("django_app", "__pycache__"))
    package = saved("good-plain", tmp_path)
    script = f"""
from h5p_python import scoring, semantics, xapi
from h5p_python.package import read_package
print(read_package(open({str(package)!r}, "rb")).main_library)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ""},
    )
    assert ran.stdout.strip() == "H5P.Test 1.0"


@pytest.mark.parametrize("forbidden", ["django", "wagtail", "lms", "courses", "assessments", "media"])
def test_the_library_is_pure(forbidden: str) -> None:
    for path in ROOM.rglob("*.py"):
        if "django_app" not in path.parts:
            source = path.read_text(encoding="utf-8")
            assert not re.search(rf"^\s*(?:from|import) {forbidden}\b", source, re.MULTILINE), path
