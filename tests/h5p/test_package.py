"""Every package of the corpus gets its right verdict, in little time and memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from media.h5p.limits import Limits
from media.h5p.names import LibraryName
from media.h5p.package import PackageError, build_package, read_package
from media.h5p.validate import h5p_validate
from tests.h5p import corpus
from tests.h5p.raw_archives import write_bomb, write_entries

CASES = corpus.all_cases()
REFERENCE_CODES = """
missing-h5p-extension unable-to-unzip file-size-too-large total-size-too-large not-in-whitelist
invalid-content-folder invalid-h5p-json-file unable-to-parse-package invalid-library-name
invalid-library-json-file invalid-semantics-json-file invalid-language-file library-directory-name-mismatch
library-missing-file missing-required-property illegal-option-in-library api-version-unsupported
missing-required-library missing-main-library missing-library-dependency
"""


def test_the_corpus_is_wide() -> None:
    assert len(CASES) >= 90
    assert len({case.name for case in CASES}) == len(CASES)
    codes = {code for case in CASES for code in case.codes}
    assert codes >= set(REFERENCE_CODES.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_verdict(case: corpus.Case, tmp_path: Path) -> None:
    started = time.process_time()
    [verdict] = h5p_validate([case.save(tmp_path)])
    assert {issue.code for issue in verdict.errors} == case.codes
    assert verdict.ok == (not case.codes)
    assert time.process_time() - started < 10


def test_all_faults_are_listed_with_their_places() -> None:
    members = corpus.good_members()
    members["content/run.exe"] = b"MZ"
    members["h5p.json"] = corpus.encode(corpus.manifest(title=None))
    del members["H5P.Test-1.0/css/test.css"]
    with pytest.raises(PackageError) as refused:
        read_package(io.BytesIO(corpus.zipped(members)))
    assert {(issue.code, issue.path) for issue in refused.value.issues} == {
        ("not-in-whitelist", "content/run.exe"),
        ("missing-required-property", "h5p.json"),
        ("library-missing-file", "H5P.Test-1.0/css/test.css"),
    }


def test_warnings_do_not_refuse(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "good-editor-library-missing")
    [verdict] = h5p_validate([case.save(tmp_path)])
    assert verdict.ok
    assert [issue.code for issue in verdict.issues] == ["missing-editor-library"]


def test_a_package_can_be_read() -> None:
    package = read_package(io.BytesIO(corpus.zipped(corpus.good_members())))
    assert package.title == "Thử"
    assert package.content == {"text": "Xin chào"}
    assert package.main_library == LibraryName("H5P.Test", 1, 0)
    assert package.read("H5P.Test-1.0/js/test.js") == b"var a = 1;"
    assert package.semantics(package.main_library) == [{"name": "text", "type": "text"}]
    assert package.load_order().ordered == (package.main_library,)


def test_equal_libraries_have_equal_hashes_in_any_archive() -> None:
    def hashed(change: dict[str, bytes]) -> str:
        members = {**corpus.good_members(), **change}
        package = read_package(io.BytesIO(corpus.zipped(dict(reversed(members.items())))))
        return package.library_hash(package.main_library)

    assert hashed({}) == hashed({"content/a.png": b"x"})
    assert hashed({}) != hashed({"H5P.Test-1.0/js/test.js": b"var a = 2;"})


def test_installed_libraries_need_not_be_inside() -> None:
    members = {key: body for key, body in corpus.good_members().items() if not key.startswith("H5P")}
    body = corpus.zipped(members)
    with pytest.raises(PackageError):
        read_package(io.BytesIO(body))
    assert read_package(io.BytesIO(body), installed=[LibraryName("H5P.Test", 1, 0)]).libraries == {}


def library_files(name: str = "H5P.Test") -> dict[str, bytes]:
    folder = f"{name}-1.0/"
    return {key.removeprefix(folder): body for key, body in corpus.library_members(name).items()}


def test_what_is_built_reads_back_equal_and_is_the_same_every_time() -> None:
    params = {"b": ["một", {"c": 1.5}], "a": "Đà Lạt"}

    def built(order: list[str]) -> bytes:
        libraries = [library_files(name) for name in order]
        return build_package(params, "H5P.Test 1.0", libraries, title="Bài", media={"images/a.png": b"x"})

    body = built(["H5P.Test", "H5P.Other"])
    assert body == built(["H5P.Other", "H5P.Test"])
    package = read_package(io.BytesIO(body))
    assert package.content == params
    assert package.read("content/images/a.png") == b"x"
    assert package.title == "Bài"
    assert package.issues == ()


def test_a_package_without_its_main_library_is_not_built() -> None:
    with pytest.raises(ValueError, match="main library"):
        build_package({}, "H5P.Else 1.0", [library_files()])


def test_phrases_of_two_syllables_are_joined_when_built_and_warned_of_when_read() -> None:
    params = {"textField": "Hãy nói *xin chào* nhé."}
    files = library_files("H5P.MarkTheWords")
    built = read_package(io.BytesIO(build_package(params, "H5P.MarkTheWords 1.0", [files])))
    assert "*xin\xa0chào*" in built.content["textField"]
    assert built.issues == ()
    members = {**corpus.library_members("H5P.MarkTheWords"), "content/content.json": corpus.encode(params)}
    members["h5p.json"] = corpus.encode(
        corpus.manifest(
            mainLibrary="H5P.MarkTheWords", preloadedDependencies=[corpus.dependency("H5P.MarkTheWords")]
        )
    )
    split = read_package(io.BytesIO(corpus.zipped(members)))
    assert [issue.code for issue in split.issues] == ["split-phrase"]


def test_a_flood_of_faults_is_cut_but_still_an_error() -> None:
    members = {**corpus.good_members(), **{f"_{number}.txt": b"" for number in range(500)}}
    members["content/run.exe"] = b"MZ"
    members["H5P.Test-1.0/language/vi.json"] = b"no"
    with pytest.raises(PackageError) as refused:
        read_package(io.BytesIO(corpus.zipped(members)))
    assert len(refused.value.issues) == 200
    assert any(issue.level == "error" for issue in refused.value.issues)


def test_limits_can_be_set() -> None:
    body = corpus.zipped(corpus.good_members())
    with pytest.raises(PackageError) as refused:
        read_package(io.BytesIO(body), limits=Limits(entries=3))
    assert refused.value.issues[0].code == "too-many-files"


# The peak of this process alone: ru_maxrss would remember the size of the parent that started it.
_MEASURE = """
import json, re, sys, time
from pathlib import Path
from media.h5p.validate import h5p_validate
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before, started = peak(), time.process_time()
verdicts = [sorted({issue.code for issue in verdict.errors}) for verdict in h5p_validate(sys.argv[1:])]
print(json.dumps({"verdicts": verdicts, "megabytes": peak() - before, "seconds": time.process_time() - started}))
"""


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("heavy")
    paths = {
        name: folder / f"{name}.h5p" for name in ("bomb", "lying", "many", "values", "long", "libraries")
    }
    members = corpus.good_members()
    write_bomb(paths["bomb"], members, 300)
    write_bomb(paths["lying"], members, 300, declared=1000)
    write_entries(paths["many"], members, 70_000)
    objects = b"[" + b'{"a":1},' * 49_000 + b"{}]"
    paths["values"].write_bytes(corpus.zipped({**members, "content/content.json": b'{"a":' + objects + b"}"}))
    escapes = b'{"a":"' + b"\\n" * 1_040_000 + b'"}'
    paths["long"].write_bytes(corpus.zipped({**members, "content/content.json": escapes}, zipfile.ZIP_STORED))
    paths["libraries"].write_bytes(corpus.zipped({**members, **heavy_libraries(objects, 12)}))
    return paths


def heavy_libraries(semantics: bytes, count: int) -> corpus.Members:
    needs = [corpus.dependency(f"H5P.N{number}") for number in range(500)]
    members: corpus.Members = {}
    for name in (f"H5P.L{number}" for number in range(count)):
        described = corpus.library_json(name, preloadedDependencies=needs)
        members |= {
            f"{name}-1.0/library.json": corpus.encode(described),
            f"{name}-1.0/semantics.json": semantics,
        }
    return members


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("bomb", ["ratio-too-high"]),
        ("lying", ["ratio-too-high"]),
        ("many", ["too-many-files"]),
        ("values", []),
        ("long", []),
        ("libraries", ["library-missing-file", "missing-library-dependency"]),
    ],
)
def test_time_and_memory_stay_small(heavy: dict[str, Path], name: str, codes: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(heavy[name])], capture_output=True, text=True, check=True
    )
    measured = json.loads(ran.stdout)
    assert measured["verdicts"] == [codes]
    assert measured["megabytes"] < 50
    assert measured["seconds"] < 5
