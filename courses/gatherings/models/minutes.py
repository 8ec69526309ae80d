"""Minutes of a gathering: typed by a person, frozen when they are signed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.gatherings.models.gathering import Gathering


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")
    MERGED = "merged", _("Handed in")


class Minutes(models.Model):
    """Written by ``minutes/keep_minutes.py`` only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(max_length=6, choices=MinutesState, default=MinutesState.DRAFT)
    form = models.CharField(_("form"), max_length=40)
    details = models.JSONField(default=dict)
    # Log and details as they stood at the signing: the paper is made from these ever after.
    frozen = models.JSONField(null=True, blank=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    # Counts saves: of two people who edit at once, the second is told.
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_at = models.DateTimeField(null=True, blank=True)
