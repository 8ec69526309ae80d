"""The only door of this room: activities on pages, who may play them, and what came of it."""

from __future__ import annotations

from media.h5p.django_app.admission import Admission, register_gate
from media.h5p.django_app.attempts import counting_attempts
from media.h5p.django_app.load_own import load_own_activities
from media.h5p.django_app.models import Activity, Attempt

__all__ = [
    "Activity",
    "Admission",
    "Attempt",
    "counting_attempts",
    "load_own_activities",
    "register_gate",
]
