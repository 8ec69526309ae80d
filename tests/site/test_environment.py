"""A bad environment value stops the start with one clear line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lms.settings import env

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://x/y", "must begin with postgres://"),
        ("DATABASE_URL", "postgres://host:port/x", "port is not a number"),
        ("DATABASE_URL", "postgres://host", "names no database"),
        ("REDIS_URL", "http://x", "must begin with redis://"),
        ("SITE_URL", "example.org", "is not an http(s) address"),
        ("ALLOWED_HOSTS", "", "is required"),
        ("SECRET_KEY", "short", "shorter than 50"),
        ("EMAIL_URL", "pigeon://x", "must be console:"),
        ("HTTPS_ONLY", "maybe", "not a yes or a no"),
    ],
)
def test_production_refuses_a_bad_value_with_one_line(
    name: str, value: str, words: str, tmp_path: Path
) -> None:
    good = {
        "PATH": "/usr/bin:/bin",
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lms.settings.production",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "example.org",
        "SITE_URL": "https://example.org",
        "DATABASE_URL": "postgres://user@host/name",
        "REDIS_URL": "redis://host/0",
    }
    done = subprocess.run(
        [sys.executable, "-c", "import lms.settings.production"],
        cwd=ROOT,
        env={**good, name: value},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Setting {name}: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_typed_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("N", "12")
    assert env.integer("N", 1, 0, 100) == 12
    with pytest.raises(SystemExit, match="not between"):
        env.integer("N", 1, 0, 10)
    monkeypatch.setenv("DB", "postgres://u:p%40ss@h:6432/n?sslmode=require")
    read = env.database("DB", {})
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "u", "p@ss", "h", "6432", "n",
    )  # fmt: skip
    assert read["OPTIONS"] == {"sslmode": "require"}
