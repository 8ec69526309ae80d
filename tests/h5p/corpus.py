"""Good, broken and hostile packages, made when asked for: nothing that looks like malware lies in the repository."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.h5p.raw_archives import write_bomb, write_entries

Members = dict[str, bytes]


@dataclass(frozen=True)
class Case:
    """A package and the codes that its errors must have; none means that it is good."""

    name: str
    codes: frozenset[str]
    write: Callable[[Path], None]
    suffix: str = ".h5p"

    def save(self, folder: Path) -> Path:
        path = folder / f"{self.name}{self.suffix}"
        self.write(path)
        return path


def library_json(name: str = "H5P.Test", **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": "Test",
        "machineName": name,
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 3,
        "runnable": 1,
        "preloadedJs": [{"path": "js/test.js"}],
        "preloadedCss": [{"path": "css/test.css"}],
    }
    data.update(changes)
    return {key: value for key, value in data.items() if value is not None}


def manifest(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": "Thử",
        "language": "vi",
        "mainLibrary": "H5P.Test",
        "embedTypes": ["iframe"],
        "preloadedDependencies": [dependency("H5P.Test")],
    }
    data.update(changes)
    return {key: value for key, value in data.items() if value is not None}


def dependency(name: str, major: Any = 1, minor: Any = 0) -> dict[str, Any]:
    return {"machineName": name, "majorVersion": major, "minorVersion": minor}


def encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def good_members() -> Members:
    return {
        "h5p.json": encode(manifest()),
        "content/content.json": encode({"text": "Xin chào"}),
        **library_members("H5P.Test"),
    }


def library_members(name: str, **changes: Any) -> Members:
    folder = f"{name}-1.0"
    return {
        f"{folder}/library.json": encode(library_json(name, **changes)),
        f"{folder}/js/test.js": b"var a = 1;",
        f"{folder}/css/test.css": b"p{color:red}",
        f"{folder}/semantics.json": b'[{"name":"text","type":"text"}]',
        f"{folder}/language/vi.json": b"{}",
    }


def zipped(members: Members, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name), body, compression)
    return target.getvalue()


def members_case(name: str, codes: str = "", remove: str = "", **extra: bytes) -> Case:
    """``extra`` keys are paths; ``remove`` names members that are left out."""
    members = {key: body for key, body in good_members().items() if key not in remove.split()}
    members.update(extra)
    return bytes_case(name, codes, zipped(members))


def changed(name: str, codes: str, changes: Members) -> Case:
    return members_case(name, codes, **changes)


def told(name: str, codes: str, **changes: Any) -> Case:
    """A good package whose h5p.json says something else."""
    return changed(name, codes, {"h5p.json": encode(manifest(**changes))})


def content(name: str, codes: str, body: bytes) -> Case:
    return changed(name, codes, {"content/content.json": body})


def library(name: str, codes: str, **changes: Any) -> Case:
    """A good package whose library says something else of itself."""
    return changed(name, codes, library_members("H5P.Test", **changes))


def bare_library(name: str) -> bytes:
    return encode(library_json(name, preloadedJs=None, preloadedCss=None))


def bytes_case(name: str, codes: str, body: bytes, suffix: str = ".h5p") -> Case:
    return Case(name, frozenset(codes.split()), lambda path: bool(path.write_bytes(body)) and None, suffix)


def made(name: str, codes: str, body: Callable[[], bytes]) -> Case:
    """A large package, made only when its test runs."""
    return Case(name, frozenset(codes.split()), lambda path: bool(path.write_bytes(body())) and None)


def with_infos(name: str, codes: str, *infos: tuple[zipfile.ZipInfo, bytes]) -> Case:
    target = io.BytesIO(zipped(good_members()))
    with zipfile.ZipFile(target, "a") as archive:
        for info, body in infos:
            archive.writestr(info, body)
    return bytes_case(name, codes, target.getvalue())


def patched(name: str, codes: str, change: Callable[[bytearray], None]) -> Case:
    body = bytearray(zipped(good_members()))
    change(body)
    return bytes_case(name, codes, bytes(body))


def central(body: bytearray, name: bytes = b"content/content.json") -> int:
    """Where the directory's record of this member starts."""
    return body.index(b"PK\x01\x02", body.rindex(name) - 46 - 1)


def _symlink() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("content/link.png")
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info


def _set(offset: int, form: str, value: int) -> Callable[[bytearray], None]:
    def change(body: bytearray) -> None:
        struct.pack_into(form, body, central(body) + offset, value)

    return change


def _deep(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


def good() -> Iterator[Case]:
    yield members_case("good-plain")
    yield bytes_case("good-stored", "", zipped(good_members(), zipfile.ZIP_STORED))
    yield members_case("good-picture", **{"content/images/a.png": b"\x89PNG"})
    yield members_case("good-capital-kind", **{"content/images/A.PNG": b"\x89PNG"})
    yield members_case("good-hidden-files", **{"__MACOSX/x": b"", ".DS_Store": b"", "content/._a.exe": b""})
    yield members_case("good-file-beside", **{"readme.txt": b"hello"})
    yield changed("good-empty-semantics", "", {"H5P.Test-1.0/semantics.json": b"[]"})
    yield content("good-bom", "", b"\xef\xbb\xbf{}")
    yield told("good-numbers-as-text", "", preloadedDependencies=[dependency("H5P.Test", "1", "0")])
    yield library("good-editor-library-missing", "", editorDependencies=[dependency("H5PEditor.X")])
    yield changed("good-circle", "", circle())
    yield members_case("good-vietnamese-name", **{"content/images/ảnh đẹp.png": b"x"})
    yield content("good-missing-media", "", b'{"f": {"path": "images/no.png", "mime": "image/png"}}')
    yield with_infos("good-folders", "", (zipfile.ZipInfo("content/images/"), b""))


def circle() -> Members:
    return {
        **library_members("H5P.Test", preloadedDependencies=[dependency("H5P.Other")]),
        **library_members("H5P.Other", preloadedDependencies=[dependency("H5P.Test")]),
    }


def broken_contents() -> Iterator[Case]:
    unparsable = "unable-to-parse-package"
    yield content("content-not-json", unparsable, b"{'a': 1}")
    yield content("content-nan", unparsable, b'{"a": NaN}')
    yield content("content-infinity", unparsable, b'{"a": 1e999}')
    yield content("content-surrogate", unparsable, b'{"a": "\\ud800"}')
    yield content("content-nul", unparsable, b'{"a": "\\u0000"}')
    yield content("content-latin", unparsable, b'{"a": "\xe9"}')
    yield content("content-huge-number", unparsable, b'{"a": ' + b"9" * 9000 + b"}")
    yield content("content-deep", "json-too-deep", _deep(65))
    yield content("content-very-deep", "json-too-deep", _deep(100_000))
    yield content("content-many-values", "json-too-large", b'{"a":[' + b"[]," * 110_000 + b"[]]}")
    long = b"".join(b"%06x" % (number * 40_503 % 0xFFFFFF) for number in range(360_000))
    yield content("content-long", "json-too-large", b'{"a":"' + long + b'"}')


def broken_manifests() -> Iterator[Case]:
    both = "h5p.json content/content.json"
    yield members_case("no-manifest", "invalid-h5p-json-file", remove="h5p.json")
    yield members_case("no-content", "invalid-content-folder", remove="content/content.json")
    yield members_case("nothing", "invalid-h5p-json-file invalid-content-folder", remove=both)
    yield changed("manifest-not-json", "unable-to-parse-package", {"h5p.json": b"{oops"})
    yield changed("manifest-list", "unable-to-parse-package", {"h5p.json": b"[]"})
    yield told("title-missing", "missing-required-property", title=None)
    yield told("title-long", "invalid-h5p-json-file", title="a" * 256)
    yield told("language-bad", "invalid-h5p-json-file", language="vi_VN")
    yield told("license-bad", "invalid-h5p-json-file", license="mine")
    yield told("embed-bad", "illegal-option-in-library", embedTypes=["popup"])
    yield told("dependencies-text", "invalid-h5p-json-file missing-main-library", preloadedDependencies="x")
    yield told("main-not-named", "missing-main-library", mainLibrary="H5P.Else")
    several = {"h5p.json": encode(manifest(title=None, embedTypes=["popup"])), "content/run.exe": b"MZ"}
    yield changed(
        "many-faults", "missing-required-property illegal-option-in-library not-in-whitelist", several
    )


def broken_libraries() -> Iterator[Case]:
    folder = "H5P.Test-1.0"
    unreadable = "invalid-library-json-file missing-main-library"
    wrong_file = "invalid-library-json-file library-missing-file"
    gone = dependency("H5P.Gone")
    yield members_case("no-library-json", unreadable, remove=f"{folder}/library.json")
    yield changed("library-not-json", unreadable, {f"{folder}/library.json": b"x"})
    yield changed("library-list", unreadable, {f"{folder}/library.json": b"[]"})
    yield library("library-no-title", "missing-required-property", title=None)
    yield library("library-bad-version", unreadable, majorVersion=-1)
    yield library("library-runnable-true", "invalid-library-json-file", runnable=True)
    yield library("library-embed", "illegal-option-in-library", embedTypes=["a"])
    yield library(
        "library-new-api", "api-version-unsupported", coreApi={"majorVersion": 1, "minorVersion": 99}
    )
    yield library("library-script-kind", wrong_file, preloadedJs=[{"path": "a.exe"}])
    yield library("library-path-no-hang", wrong_file, preloadedJs=[{"path": "a" * 4000 + "!"}])
    yield members_case("library-no-script", "library-missing-file", remove=f"{folder}/js/test.js")
    yield changed("semantics-bad", "invalid-semantics-json-file", {f"{folder}/semantics.json": b"{"})
    yield changed("semantics-object", "invalid-semantics-json-file", {f"{folder}/semantics.json": b"{}"})
    yield changed("language-name", "invalid-language-file", {f"{folder}/language/vi_VN.json": b"{}"})
    yield changed("language-json", "invalid-language-file", {f"{folder}/language/en.json": b"nope"})
    wrong_folder = {"H5P.Wrong-9.9/library.json": bare_library("H5P.More")}
    yield changed("folder-name", "library-directory-name-mismatch", wrong_folder)
    yield changed(
        "folder-not-a-name", "invalid-library-name", {"Thư viện/library.json": bare_library("H5P.More")}
    )
    yield changed("library-twice", "duplicate-library", {"H5P.Test/library.json": bare_library("H5P.Test")})
    yield library("need-missing", "missing-library-dependency", preloadedDependencies=[gone])
    wanted = [dependency("H5P.Test"), gone]
    yield told("wanted-missing", "missing-required-library", preloadedDependencies=wanted)
    yield told("main-missing", "missing-main-library", mainLibrary="H5P.Gone", preloadedDependencies=[gone])
    yield told(
        "main-other-version", "missing-main-library", preloadedDependencies=[dependency("H5P.Test", 2)]
    )
    too_many = "invalid-library-json-file missing-library-dependency"
    yield library("many-dependencies", too_many, preloadedDependencies=[gone] * 501)


def hostile_names() -> Iterator[Case]:
    yield members_case("traversal", "path-traversal", **{"content/../../etc/passwd": b"x"})
    yield members_case("traversal-first", "path-traversal", **{"../evil.json": b"{}"})
    yield members_case("traversal-windows", "path-traversal", **{"content\\..\\evil.png": b"x"})
    yield members_case(
        "absolute", "absolute-path invalid-library-name not-in-whitelist", **{"/etc/passwd": b"x"}
    )
    yield members_case("drive", "absolute-path invalid-library-name", **{"C:/evil.png": b"x"})
    yield members_case("name-newline", "invalid-file-name", **{"content/a\nb.png": b"x"})
    yield members_case("name-direction", "invalid-file-name", **{"content/a\u202egnp.png": b"x"})
    yield members_case("name-double-slash", "invalid-file-name", **{"content//a.png": b"x"})
    yield members_case("name-dot", "invalid-file-name", **{"content/./a.png": b"x"})
    yield members_case("name-long", "path-too-long", **{"content/" + "a" * 250 + ".png": b"x"})
    yield members_case("name-deep", "path-too-deep", **{"content/" + "a/" * 20 + "a.png": b"x"})
    yield members_case("case-collision", "name-collision", **{"content/A.png": b"x", "content/a.png": b"y"})
    yield members_case(
        "form-collision", "name-collision", **{"content/\u1ea3.png": b"x", "content/a\u0309.png": b"y"}
    )
    yield members_case(
        "file-as-folder", "name-collision", **{"content/a.png": b"x", "content/a.png/b.png": b"y"}
    )
    yield members_case("script-in-content", "not-in-whitelist", **{"content/x.js": b"x"})
    yield members_case("page-in-content", "not-in-whitelist", **{"content/x.html": b"x"})
    yield members_case("no-kind", "not-in-whitelist", **{"content/Makefile": b"x"})
    yield members_case("php-in-library", "not-in-whitelist", **{"H5P.Test-1.0/x.php": b"x"})
    yield patched("name-nul", "invalid-file-name not-in-whitelist library-missing-file", _nul_name)
    yield with_infos("duplicate", "duplicate-file", (zipfile.ZipInfo("content/content.json"), b"{}"))
    yield with_infos("symlink", "symlink", (_symlink(), b"/etc/passwd"))


def _nul_name(body: bytearray) -> None:
    wanted = b"js/test.js"
    for _ in range(2):
        at = body.index(wanted)
        body[at : at + len(wanted)] = b"js/test\0js"


def hostile_archives() -> Iterator[Case]:
    plain = zipped(good_members())
    yield bytes_case("empty", "unable-to-unzip", b" ")
    yield bytes_case("not-zip", "unable-to-unzip", b"MZ" + b"\0" * 500)
    yield bytes_case("cut-off", "unable-to-unzip", plain[: len(plain) // 2])
    yield bytes_case("prepended", "unable-to-unzip", b"#!/bin/sh\n" + plain)
    yield bytes_case("appended", "unable-to-unzip", plain + b"more")
    yield bytes_case("extension", "missing-h5p-extension", plain, ".zip")
    yield patched("encrypted", "encrypted-file invalid-content-folder", _set(8, "<H", 1))
    yield patched("other-compression", "unsupported-compression invalid-content-folder", _set(10, "<H", 12))
    yield patched("wrong-checksum", "unable-to-unzip invalid-content-folder", _set(16, "<L", 1))
    yield patched("size-lie-small", "unable-to-unzip invalid-content-folder", _set(24, "<L", 2))
    yield patched("size-lie-large", "unable-to-unzip invalid-content-folder", _set(24, "<L", 2**31))
    yield patched("offset-lie", "unable-to-unzip", _set(42, "<L", 2**31))
    yield patched("packed-size-lie", "unable-to-unzip", _set(20, "<L", 2**31))
    yield patched("header-differs", "unable-to-unzip invalid-content-folder", _other_local_name)
    yield patched(
        "count-lie", "unable-to-unzip", lambda body: struct.pack_into("<HH", body, len(body) - 14, 3, 3)
    )
    members = good_members()
    dense, many, unreadable = (
        frozenset({code}) for code in ("ratio-too-high", "too-many-files", "unable-to-unzip")
    )
    yield Case("bomb-lying", dense, lambda path: write_bomb(path, members, 40, declared=1000))
    yield Case("bomb-honest", dense, lambda path: write_bomb(path, members, 40))
    yield Case("many-entries", many, lambda path: write_entries(path, members, 2_500))
    yield Case("overlapping", unreadable, lambda path: write_entries(path, members, 100, shared=True))
    yield made("large-file", "file-size-too-large", lambda: spread(1, 17))
    yield made("large-total", "total-size-too-large", lambda: spread(5))


def _other_local_name(body: bytearray) -> None:
    at = body.index(b"content/content.json")
    body[at : at + 7] = b"CONTENT"


def noise(megabytes: int) -> bytes:
    """Bytes that do not compress well."""
    block = b"".join(
        zlib.crc32(bytes([number % 251, number // 251])).to_bytes(4, "big") + b"\0" * 60
        for number in range(16_384)
    )
    return block * megabytes


def spread(files: int, megabytes: int = 15) -> bytes:
    body = noise(megabytes)
    return zipped(
        {**good_members(), **{f"content/{number}.mp4": body for number in range(files)}}, zipfile.ZIP_STORED
    )


def all_cases() -> list[Case]:
    groups = (good, broken_contents, broken_manifests, broken_libraries, hostile_names, hostile_archives)
    return [case for group in groups for case in group()]
