"""What happened, in order: append-only, each event carries the hash of the one before it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from courses.gatherings.models.gathering import Gathering


class LiveEvent(models.Model):
    """Written by ``append_event`` only. Minutes and bundles are made from these."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="live_events")
    number = models.PositiveIntegerField()
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)  # of an act: the client's
    kind = models.CharField(max_length=30)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)  # for people; order and durations come from at_ms
    at_ms = models.PositiveBigIntegerField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("gathering", "number")
        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="one_event_per_number")]
