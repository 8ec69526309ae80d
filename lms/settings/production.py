"""PostgreSQL, Redis, several processes behind a reverse proxy. Every secret comes from the environment."""

from __future__ import annotations

from lms.settings import env
from lms.settings.base import *  # noqa: F403 - Django settings inherit by star import
from lms.settings.base import DATABASE_POOL, ROOT, VAR

EMBEDDED = False
SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise env.BadSetting("SECRET_KEY", "is shorter than 50 characters")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
SITE_URL = WAGTAILADMIN_BASE_URL = env.web_address("SITE_URL")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

_database = env.database("DATABASE_URL", {})
if not _database:
    raise env.BadSetting("DATABASE_URL", "is required and has no value")
# Connections come from a pool: persistent ones are exhausted by the event stream under ASGI.
_database["CONN_MAX_AGE"] = 0
_database["OPTIONS"] = {**_database["OPTIONS"], "pool": DATABASE_POOL}
DATABASES = {"default": _database}

REDIS_URL = env.redis("REDIS_URL")
if not REDIS_URL:
    raise env.BadSetting("REDIS_URL", "is required and has no value")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
GATHERING_BUS = env.one_of("GATHERING_BUS", ["postgres", "redis"], "redis")
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", REDIS_URL)
SIGNING_KEYS_DIR = env.folder("SIGNING_KEYS_DIR", VAR / "keys")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
globals().update(env.email("EMAIL_URL", "console:"))
LOCALE_PATHS = [ROOT / "lms" / "locale"]

# The proxy ends TLS and says so; on loopback rehearsals HTTPS_ONLY=no.
HTTPS_ONLY = env.boolean("HTTPS_ONLY", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
