"""Where this site keeps what a backup must hold."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from lms.archive import Places


def site_places() -> Places:
    papers = Path(settings.VAR) / "certificates"
    return Places(settings.DATABASES["default"], settings.MEDIA_ROOT, papers, settings.SIGNING_KEYS_DIR)
