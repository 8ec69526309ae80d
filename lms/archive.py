"""Backup and restore: one tar file with the database, the uploads and, encrypted, the keys.

Keys are sealed with a passphrase (scrypt, then Fernet); without a passphrase they stay out, never in clear.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FORMAT = 1
DATABASE, UPLOADS, PAPERS, KEYS, MANIFEST = "database", "uploads", "papers", "keys.sealed", "manifest.json"


class ArchiveError(Exception):
    """The archive cannot be written or read; the message says why."""


@dataclass(frozen=True)
class Places:
    """Where the parts live: Django's database settings, folders of uploads, of issued papers and of keys."""

    database: dict[str, Any]
    uploads: Path
    papers: Path
    keys: Path

    @property
    def folders(self) -> dict[str, Path]:
        return {UPLOADS: self.uploads, PAPERS: self.papers}

    @property
    def is_sqlite(self) -> bool:
        return str(self.database["ENGINE"]).endswith("sqlite3")


def _sealer(passphrase: str, salt: bytes) -> Fernet:
    key = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def _tar_bytes(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as inner:
        inner.add(folder, arcname=".")
    return buffer.getvalue()


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))


def _postgres(places: Places) -> tuple[list[str], dict[str, str]]:
    database = places.database
    words = ["--host", database["HOST"] or "127.0.0.1", "--port", database["PORT"] or "5432"]
    words += ["--username", database["USER"], "--dbname", database["NAME"]]
    return words, {**os.environ, "PGPASSWORD": database["PASSWORD"]}


def _dump_database(places: Places, target: Path) -> None:
    if places.is_sqlite:
        with sqlite3.connect(places.database["NAME"]) as source, sqlite3.connect(target) as copy:
            source.backup(copy)
        return
    words, environment = _postgres(places)
    command = ["pg_dump", "--format", "custom", "--no-owner", "--file", str(target), *words]
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - fixed command, values from settings


def _load_database(places: Places, source: Path) -> None:
    if places.is_sqlite:
        with sqlite3.connect(source) as copy, sqlite3.connect(places.database["NAME"]) as target:
            copy.backup(target)
        return
    words, environment = _postgres(places)
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", *words, str(source)]
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - fixed command, values from settings


def backup(path: Path, places: Places, passphrase: str) -> dict[str, Any]:
    """Write the archive next to its final name, then rename; returns the manifest."""
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "engine": "sqlite" if places.is_sqlite else "postgresql",
        "keys": bool(passphrase) and places.keys.is_dir(),
    }
    unfinished = path.with_name(path.name + ".unfinished")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(unfinished, "w:gz") as archive:
        dump = Path(folder) / DATABASE
        _dump_database(places, dump)
        archive.add(dump, arcname=DATABASE)
        for name, place in places.folders.items():
            if place.is_dir():
                archive.add(place, arcname=name)
        if manifest["keys"]:
            salt = os.urandom(16)
            manifest["salt"] = salt.hex()
            _add_bytes(archive, KEYS, _sealer(passphrase, salt).encrypt(_tar_bytes(places.keys)))
        _add_bytes(archive, MANIFEST, json.dumps(manifest, indent=1).encode())
    unfinished.chmod(0o600)
    unfinished.replace(path)
    return manifest


def _open_keys(folder: Path, manifest: dict[str, Any], passphrase: str) -> bytes | None:
    if not manifest["keys"]:
        return None
    if not passphrase:
        raise ArchiveError("the archive holds sealed keys: set BACKUP_PASSPHRASE")
    try:
        return _sealer(passphrase, bytes.fromhex(manifest["salt"])).decrypt((folder / KEYS).read_bytes())
    except InvalidToken:
        raise ArchiveError("BACKUP_PASSPHRASE does not open the keys of this archive") from None


def restore(path: Path, places: Places, passphrase: str) -> dict[str, Any]:
    """Put everything back; checks the whole archive and opens the keys before the first change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            with tarfile.open(path, "r:gz") as archive:
                archive.extractall(folder, filter="data")
            manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError) as problem:
            raise ArchiveError(f"{path} is not a backup of this program: {problem}") from None
        engine = "sqlite" if places.is_sqlite else "postgresql"
        if manifest.get("format") != FORMAT or manifest.get("engine") != engine:
            raise ArchiveError(f"the archive is of {manifest.get('engine')}, this site runs on {engine}")
        keys = _open_keys(folder, manifest, passphrase)
        _load_database(places, folder / DATABASE)
        for part, place in places.folders.items():
            _copy_tree(folder / part, place)
        if keys is not None:
            places.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tarfile.open(fileobj=io.BytesIO(keys)) as inner:
                inner.extractall(places.keys, filter="data")
    return manifest


def _copy_tree(source: Path, target: Path) -> None:
    for file in source.rglob("*") if source.is_dir() else ():
        if file.is_file():
            place = target / file.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
