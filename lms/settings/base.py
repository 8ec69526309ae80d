"""What every shape of the site shares; embedded, production and test only say what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lms.settings import env

ROOT = Path(__file__).resolve().parents[2]
VAR = env.folder("VAR_DIR", ROOT / "var")

DEBUG = False
SITE_NAME = "Bình dân học vụ số Lâm Đồng"
ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
ASGI_APPLICATION = "lms.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"

# The rooms of the house, upper floors first, so that their templates win.
ROOMS = [
    "courses.gatherings",
    "courses",
    "assessments.certificates",
    "assessments.proficiency",
    "assessments.sittings",
    "assessments.items",
    "media.h5p.django_app",
    "media.library",
    "lms.organisations",
    "lms.accounts",
    "lms.theme",
    "lms",
]
INSTALLED_APPS = [
    *ROOMS,
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtailmedia",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "axes",
    "ninja",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.compression.PageCompressionMiddleware",
    "lms.content_policy.PartitionedCSPMiddleware",
    "lms.theme.page_cache.PageCacheMiddleware",
    "media.h5p.django_app.without_cookies.WithoutCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.accounts.require_second_factor.RequireSecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.theme.context.display",
                "lms.organisations.context.permissions",
            ],
        },
    }
]
FORM_RENDERER = "lms.theme.forms.ThemeRenderer"

# People and sign-in
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/toi/"
# Sessions are read from the cache and kept in the database: an answer costs no session query.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CSRF_FAILURE_VIEW = "lms.theme.errors.csrf_failure"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]  # one hall is one address: lock the name, not the address
AXES_RESET_ON_SUCCESS = True
# W006 asks to lock addresses too; that would lock a whole hall for one forgotten password.
# W019 asks to refuse frames altogether; editors preview pages in a frame of this same site.
SILENCED_SYSTEM_CHECKS = ["axes.W006", "security.W019"]
AXES_LOCKOUT_CALLABLE = "lms.accounts.lockout.locked_out"

# Language, time, formats
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["lms.settings.formats"]
USE_THOUSAND_SEPARATOR = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "courses.gatherings.cards.static_finder.CardReaderFinder",
]
# js-aruco2 from npm reads answer cards; without it they are typed.
CARD_READER_DIR = env.folder("CARD_READER_DIR", ROOT / "node_modules" / "js-aruco2" / "src")
MEDIA_URL = "/tep/"
MEDIA_ROOT = VAR / "uploads"
# H5P's own player, fetched from npm at set-up; without it only our own activities can be played.
H5P_PLAYER_DIR = env.folder("H5P_PLAYER_DIR", ROOT / "node_modules" / "h5p-standalone" / "dist")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Wagtail
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env.web_address("SITE_URL", "http://127.0.0.1:8000")
SITE_URL = WAGTAILADMIN_BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "library.PictureFile"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000  # a small file may unpack into a huge picture
WAGTAILMEDIA = {"MEDIA_MODEL": "library.Recording"}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

# Security
_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "media-src": [_SELF],
        "connect-src": [_SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [_SELF],
        "frame-ancestors": [_SELF],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [_SELF, "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": [_SELF, "'unsafe-inline'"],
    "img-src": [_SELF, "data:", "blob:"],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# Keys of certificates that lie elsewhere than in SIGNING_KEYS_DIR (docs/operators.md)
SIGNING_PKCS11_MODULE = env.text("SIGNING_PKCS11_MODULE", "")
SIGNING_PKCS11_TOKEN = env.text("SIGNING_PKCS11_TOKEN", "")
SIGNING_PKCS11_PIN_FILE = env.text("SIGNING_PKCS11_PIN_FILE", "")
SIGNING_REMOTE_URL = env.text("SIGNING_REMOTE_URL", "")
SIGNING_REMOTE_TOKEN_FILE = env.text("SIGNING_REMOTE_TOKEN_FILE", "")
# An RFC 3161 server: seals become PAdES B-T, and every batch of certificates gets one time-stamp
TIME_STAMP_SERVER = env.optional_web_address("TIME_STAMP_SERVER")
TIME_STAMP_SECONDS = env.integer("TIME_STAMP_SECONDS", 10, 1, 120)

# Work in the background
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 60 * 30
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True

# How server processes tell each other that a hall moved on; see courses/gatherings/bus.
GATHERING_BUS = env.one_of("GATHERING_BUS", ["process", "postgres", "redis"], "process")

DATABASE_POOL: dict[str, Any] = {"min_size": 1, "max_size": 8, "timeout": 10}


def sqlite_database(path: Path) -> dict[str, Any]:
    """SQLite for one machine: WAL, IMMEDIATE (else 27-68 % of concurrent writes fail), every commit on disk."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        },
    }


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
