"""What the fork server of the workers reads once, so that each worker starts at once."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
django.setup()

from assessments.certificates.issuing import make_paper  # noqa: E402, F401 - needs Django
