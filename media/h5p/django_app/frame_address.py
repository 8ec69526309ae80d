"""The address of a frame: with an attempt for people who are signed in, for looking on only for everybody else."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from media.h5p.django_app.blind_content import is_blind
from media.h5p.django_app.models import ActivityVersion, Attempt
from media.h5p.django_app.signed_addresses import Frame, sign_frame


def recorded_frame(attempt: Attempt) -> str:
    frame = Frame(attempt.version_id, str(attempt.uuid), attempt.blind, attempt.uuid, _language())
    return reverse("h5p:frame", args=[sign_frame(frame)])


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def passing_frame(version: ActivityVersion) -> str:
    """Nothing is recorded, so nothing is judged by the server: the key would never come back."""
    frame = Frame(version.pk, str(uuid.uuid4()), is_blind(version), None, _language())
    return reverse("h5p:frame", args=[sign_frame(frame)])
