"""One machine, no services: SQLite, a worker on the filesystem broker, everything under ``var/``. The default.

A database or Redis that the environment names is used instead.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from lms.settings import env
from lms.settings.base import *  # noqa: F403 - Django settings inherit by star import
from lms.settings.base import ROOT, VAR, sqlite_database

EMBEDDED = True


def _kept_secret(path: Path) -> str:
    """A secret made at the first start and kept readable by its owner only."""
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = env.text("SECRET_KEY", _kept_secret(VAR / "keys" / "secret_key"))
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", ["*"])
DATABASES = {"default": env.database("DATABASE_URL", sqlite_database(VAR / "lms.sqlite3"))}
SIGNING_KEYS_DIR = env.folder("SIGNING_KEYS_DIR", VAR / "keys")
REDIS_URL = env.redis("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 5_000},
        }
    )
}
_QUEUE = VAR / "queue"
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", REDIS_URL or "filesystem://")
if CELERY_BROKER_URL == "filesystem://":
    for _name in ("messages", "processed", "control"):
        (_QUEUE / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE / "messages"),
        "data_folder_out": str(_QUEUE / "messages"),
        "processed_folder": str(_QUEUE / "processed"),
        "control_folder": str(_QUEUE / "control"),
    }
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lms.static_files.QuickManifestStaticFilesStorage"},
}
EMAIL_BACKEND = env.email("EMAIL_URL", "console:")["EMAIL_BACKEND"]
LOCALE_PATHS = [ROOT / "lms" / "locale"]
