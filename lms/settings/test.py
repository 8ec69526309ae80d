"""The suite: SQLite in a file under a temporary folder, or PostgreSQL and Redis when their addresses are set."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from lms.settings import env
from lms.settings.base import *  # noqa: F403 - Django settings inherit by star import
from lms.settings.base import ROOT, sqlite_database

EMBEDDED = True
SECRET_KEY = "only-for-tests-" + "x" * 50  # guards nothing
ALLOWED_HOSTS = ["*"]
VAR = Path(tempfile.mkdtemp(prefix="lms-test-"))
MEDIA_ROOT = VAR / "uploads"
STATIC_ROOT = VAR / "static"
SIGNING_KEYS_DIR = VAR / "keys"
_sqlite = sqlite_database(VAR / "lms.sqlite3")
# Tests with threads and live servers need a file that all connections share.
_sqlite["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
_sqlite["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
DATABASES = {"default": env.database("DATABASE_URL", _sqlite)}
REDIS_URL = env.redis("REDIS_URL")
if REDIS_URL:
    # Each test process clears its cache between tests: it must be its own Redis database.
    _parts = urlsplit(REDIS_URL)
    _number = int(_parts.path.strip("/") or 0) + int(env.text("PYTEST_XDIST_WORKER", "gw0")[2:])
    REDIS_URL = urlunsplit(_parts._replace(path=f"/{_number}"))
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
CELERY_BROKER_URL = REDIS_URL or "memory://"
# Without a worker tasks run at once; the services suite starts a real worker and turns this off.
CELERY_TASK_ALWAYS_EAGER = not env.boolean("CELERY_REAL_WORKER", False)
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOCALE_PATHS = [ROOT / "lms" / "locale"]
