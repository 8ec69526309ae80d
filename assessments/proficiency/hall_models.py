"""How people took part in gatherings, by class of evidence: participation, never ability."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class HallNumbers(models.Model):
    """People present, and of them those who answered in each way in a first round; their answers beside them."""

    skill = models.ForeignKey("items.Skill", on_delete=models.PROTECT, related_name="+")
    present = models.PositiveIntegerField(default=0)
    alone = models.PositiveIntegerField(default=0)  # class A
    alone_answers = models.PositiveIntegerField(default=0)
    assisted = models.PositiveIntegerField(default=0)  # class B: cards, borrowed phones
    assisted_answers = models.PositiveIntegerField(default=0)
    by_hand = models.PositiveIntegerField(default=0)  # class D: people of one show of hands
    by_hand_answers = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class HallPart(HallNumbers):
    """One gathering and skill, with the units of its day; what comes home later replaces it."""

    gathering_uuid = models.UUIDField(default=uuid.uuid4)
    counted_unit_ids = models.JSONField(default=list)  # the gathering's unit and everything above it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering_uuid", "skill"], name="one_hall_part_per_skill")
        ]


class HallMix(HallNumbers):
    """Roll-up of a unit with everything below it. Halls of fewer than ten people are in none."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    gatherings = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "skill"], name="one_hall_mix_per_unit")]
