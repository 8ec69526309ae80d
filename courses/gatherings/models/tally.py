"""A count without identity: raised hands or papers, counted by one person and confirmed by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.gatherings.models.gathering import Gathering
from courses.gatherings.models.seat import Seat


class CountedBy(models.TextChoices):
    HANDS = "hands", _("Raised hands")
    PAPER = "paper", _("Papers")


class HandCount(models.Model):
    """Evidence class D. Counts only once it is confirmed; a later confirmed count of the round replaces it."""

    uuid = models.UUIDField(unique=True)  # the client's
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="hand_counts")
    position = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=5, choices=CountedBy, default=CountedBy.HANDS)
    counts = models.JSONField()  # {"A": 5, "B": 7}
    total = models.PositiveIntegerField()
    people = models.PositiveIntegerField()  # in the hall when it was counted, those without a seat included
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    counted_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    replaced = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
