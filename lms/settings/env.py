"""Typed readers of environment values: a bad value stops the start with one clear line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(SystemExit):
    """An environment value that cannot be used; ends the process with one line."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Setting {name}: {problem}")


def text(name: str, default: str | None = None) -> str:
    """The value of ``name``; required when there is no default."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise BadSetting(name, "is required and has no value")
    return default


def boolean(name: str, default: bool) -> bool:
    """``1 true yes on`` or ``0 false no off``."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(name, f"{value!r} is not a yes or a no")


def integer(name: str, default: int, low: int, high: int) -> int:
    """A whole number between ``low`` and ``high``."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise BadSetting(name, f"{value!r} is not a whole number") from None
    if not low <= number <= high:
        raise BadSetting(name, f"{number} is not between {low} and {high}")
    return number


def one_of(name: str, allowed: list[str], default: str) -> str:
    """One of a few words."""
    value = text(name, default)
    if value not in allowed:
        raise BadSetting(name, f"{value!r} is none of {', '.join(allowed)}")
    return value


def names(name: str, default: list[str] | None = None) -> list[str]:
    """A comma-separated list; required when there is no default."""
    value = text(name, None if default is None else ",".join(default))
    return [part.strip() for part in value.split(",") if part.strip()]


def web_address(name: str, default: str | None = None) -> str:
    """An http(s) address without a trailing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting(name, f"{value!r} is not an http(s) address")
    return value


def optional_web_address(name: str) -> str:
    """An http(s) address, or nothing."""
    return web_address(name) if os.environ.get(name, "").strip() else ""


def folder(name: str, default: Path) -> Path:
    """A directory path; it need not exist yet, but must not be a file."""
    path = Path(os.environ.get(name, "").strip() or default)
    if path.exists() and not path.is_dir():
        raise BadSetting(name, f"{path} is not a folder")
    return path


def _port(name: str, url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        raise BadSetting(name, "the port is not a number") from None


def database(name: str, sqlite: Mapping[str, Any]) -> dict[str, Any]:
    """Django database settings from ``postgres://user:pass@host:port/name``; without a value the given SQLite ones."""
    value = os.environ.get(name, "").strip()
    if not value:
        return dict(sqlite)
    parts = urlsplit(value)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(name, "must begin with postgres:// (SQLite is used when it is not set)")
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        raise BadSetting(name, "names no database")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(_port(name, value) or ""),
        "OPTIONS": dict(query),
    }


def email(name: str, default: str) -> dict[str, Any]:
    """Django e-mail settings from ``console:``, ``smtp://user:pass@host:port`` or ``smtps://…``."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting(name, "must be console: or smtp(s)://user:password@host:port")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": _port(name, value) or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }


def redis(name: str) -> str:
    """A Redis address; empty when not set."""
    value = os.environ.get(name, "").strip()
    if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise BadSetting(name, "must begin with redis://, rediss:// or unix://")
    return value
