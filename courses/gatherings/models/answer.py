"""What a seat answered in a round of a step, and how much that says about the person."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.sittings.api import EvidenceClass
from courses.gatherings.models.gathering import Gathering
from courses.gatherings.models.seat import Seat


class Via(models.TextChoices):
    OWN = "own", _("Own phone")
    BORROWED = "borrowed", _("Borrowed phone")
    CARD = "card", _("Answer card")
    PAPER = "paper", _("Paper")


class HallAnswer(models.Model):
    """One per step, round and seat; a later one before the close replaces it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="answers")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    uuid = models.UUIDField(unique=True)  # the client's: a repeated post is the same answer
    # UUIDs that this row answered to before: a retry of an older tap must not bring the older answer back.
    replaced = models.JSONField(default=list)
    value = models.JSONField(null=True)  # ["B"]; null in a secret vote, whose ballots lie apart
    via = models.CharField(max_length=8, choices=Via)
    evidence_class = models.CharField(max_length=1, choices=EvidenceClass)
    correct = models.BooleanField(null=True)  # null where there is no key
    late = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)
    received_ms = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["gathering", "position", "round"], name="answers_of_a_round")]
        constraints = [
            models.UniqueConstraint(fields=["seat", "position", "round"], name="one_answer_per_round")
        ]


class Ballots(models.Model):
    """The box of a secret vote: how often each value was cast, never by whom."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="ballots")
    position = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=10)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "position", "round", "value"], name="one_box_per_value"
            )
        ]
