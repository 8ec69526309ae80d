"""A hall that follows a leading gathering, on this server or another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.gatherings.models.gathering import Gathering


class Following(models.Model):
    """One connection leads here; what it tells is shown to the hall's own phones."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="following")
    address = models.URLField(_("address of the leading session"), max_length=200)
    # The last version that was mirrored.
    version = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    # The process that holds the connection, and until when unless it says so again.
    held_by = models.CharField(max_length=36, blank=True)
    held_until = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
