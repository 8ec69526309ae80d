"""A seat: somebody present, with or without a phone, with or without a name."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.gatherings.models.gathering import Gathering


class SeatKind(models.TextChoices):
    GUEST = "guest", _("Guest")
    ROSTER = "roster", _("From the list")
    CARD = "card", _("Answer card")


class Seat(models.Model):
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="seats")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    join_uuid = models.UUIDField(null=True, blank=True)  # the client's: a repeated post takes one seat
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=SeatKind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="seats"
    )
    card = models.PositiveSmallIntegerField(_("card number"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    # Brings a person back on another phone; read aloud or written on paper.
    code = models.CharField(max_length=6)
    own_phone = models.BooleanField(default=True)  # False: a borrowed phone or a card
    joined_at = models.DateTimeField(default=timezone.now)
    joined_ms = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("gathering", "number")
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="one_seat_per_number"),
            models.UniqueConstraint(fields=["gathering", "code"], name="one_seat_per_code"),
            models.UniqueConstraint(
                fields=["gathering", "join_uuid"],
                condition=Q(join_uuid__isnull=False),
                name="one_seat_per_join",
            ),
            models.UniqueConstraint(
                fields=["gathering", "person"], condition=Q(person__isnull=False), name="one_seat_per_person"
            ),
            models.UniqueConstraint(
                fields=["gathering", "card"], condition=Q(card__isnull=False), name="one_seat_per_card"
            ),
        ]

    def __str__(self) -> str:
        return self.name or (f"{self.card}" if self.card else f"#{self.number}")
