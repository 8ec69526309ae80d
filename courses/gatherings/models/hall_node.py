"""A laptop that may hold gatherings without internet and bring their results home."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.gatherings.models.gathering import Gathering


class HallNode(models.Model):
    """The public half of a kit's key. The private half stands in the kit only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    public_key = models.CharField(max_length=44)  # base64 of 32 bytes
    gatherings = models.ManyToManyField(Gathering, related_name="nodes")
    # Persons in the order of the kit's roster, by UUID: a QR names a seat by its place here.
    roster = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hall kit")
        verbose_name_plural = _("hall kits")

    def __str__(self) -> str:
        return self.name
