"""Backup and restore of an embedded site; keys are sealed or left out."""

from __future__ import annotations

import sqlite3
import tarfile
from pathlib import Path

import pytest

from lms import archive


@pytest.fixture
def places(tmp_path: Path) -> archive.Places:
    database = tmp_path / "site" / "lms.sqlite3"
    database.parent.mkdir()
    with sqlite3.connect(database) as connection:
        connection.execute("create table word (text)")
        connection.execute("insert into word values ('Đắk Nông')")
    uploads, keys = tmp_path / "site" / "uploads", tmp_path / "site" / "keys"
    (uploads / "images").mkdir(parents=True)
    (uploads / "images" / "a.svg").write_text("<svg/>")
    keys.mkdir()
    (keys / "secret_key").write_text("very-secret-words")
    papers = tmp_path / "site" / "certificates"
    (papers / "2026").mkdir(parents=True)
    (papers / "2026" / "X.pdf").write_bytes(b"%PDF-")
    return archive.Places(
        {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}, uploads, papers, keys
    )


def test_everything_comes_back(places: archive.Places, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    archive.backup(file, places, "mở ra")
    with sqlite3.connect(places.database["NAME"]) as connection:
        connection.execute("delete from word")
    (places.uploads / "images" / "a.svg").unlink()
    (places.papers / "2026" / "X.pdf").unlink()
    (places.keys / "secret_key").unlink()
    archive.restore(file, places, "mở ra")
    with sqlite3.connect(places.database["NAME"]) as connection:
        assert connection.execute("select text from word").fetchall() == [("Đắk Nông",)]
    assert (places.uploads / "images" / "a.svg").read_text() == "<svg/>"
    assert (places.papers / "2026" / "X.pdf").read_bytes() == b"%PDF-"
    assert (places.keys / "secret_key").read_text() == "very-secret-words"


def test_keys_never_stand_in_clear(places: archive.Places, tmp_path: Path) -> None:
    for passphrase in ("", "mở ra"):
        file = tmp_path / "backup.tar.gz"
        archive.backup(file, places, passphrase)
        with tarfile.open(file) as opened:
            content = b"".join(opened.extractfile(m).read() for m in opened if m.isfile())  # type: ignore[union-attr]
        assert b"very-secret-words" not in content
        assert file.stat().st_mode & 0o077 == 0


def test_wrong_passphrase_changes_nothing(places: archive.Places, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    archive.backup(file, places, "mở ra")
    with sqlite3.connect(places.database["NAME"]) as connection:
        connection.execute("insert into word values ('mới')")
    with pytest.raises(archive.ArchiveError, match="does not open"):
        archive.restore(file, places, "sai")
    with sqlite3.connect(places.database["NAME"]) as connection:
        assert connection.execute("select count(*) from word").fetchone() == (2,)


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\x1f\x8b\x08\x00broken"])
def test_a_file_that_is_no_backup_is_refused(places: archive.Places, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)
    with pytest.raises(archive.ArchiveError):
        archive.restore(file, places, "")
