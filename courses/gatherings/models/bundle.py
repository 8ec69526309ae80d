"""What was brought home from a hall, by file or by QR."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.gatherings.models.gathering import Gathering
from courses.gatherings.models.hall_node import HallNode


class BundleWay(models.TextChoices):
    FILE = "file", _("File")
    QR = "qr", _("QR")


class ImportedBundle(models.Model):
    """Written by ``bundles/import_bundle.py`` only; the same bundle is one row however often it comes."""

    node = models.ForeignKey(HallNode, on_delete=models.PROTECT, related_name="bundles")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="bundles")
    way = models.CharField(max_length=4, choices=BundleWay)
    sha256 = models.CharField(max_length=64, unique=True)
    events = models.PositiveIntegerField()
    last_hash = models.CharField(max_length=64)
    # {"seats": 12, "answers": 40, "hand_counts": 1}: what was new
    added = models.JSONField(default=dict)
    # Where this server kept another value: seat, position, round, kept, brought.
    conflicts = models.JSONField(default=list)
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-imported_at", "-pk")
