"""What people reached and the roll-ups of it. Roll-ups are kept when things happen, never computed on view."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.proficiency.estimate_models import Band, PersonSkill, SittingEstimate
from assessments.proficiency.groups.models import (
    AgeBand,
    EstimateRun,
    GroupChange,
    GroupEstimate,
    Label,
    PopulationCell,
    ReferenceMember,
    ReferenceSample,
    Reply,
    Standing,
)
from assessments.proficiency.hall_models import HallMix, HallPart

__all__ = [
    "AgeBand",
    "Aggregate",
    "AuditRun",
    "Band",
    "EstimateRun",
    "GroupChange",
    "GroupEstimate",
    "HallMix",
    "HallPart",
    "Label",
    "Milestone",
    "PersonSkill",
    "PopulationCell",
    "Reached",
    "ReferenceMember",
    "ReferenceSample",
    "Reply",
    "SittingEstimate",
    "Standing",
]


class Milestone(models.TextChoices):
    """Different numbers that are never mixed.

    MEASURED is the denominator of PASSED_FIRST: both belong to a person's first scored sitting, with the same unit
    and audience, so that a share never exceeds 100 % and repeated attempts never count by "best of".
    """

    TOOK_PART = "took_part", _("Took part")
    FINISHED = "finished", _("Finished learning")
    MEASURED = "measured", _("Was measured")
    PASSED_FIRST = "passed_first", _("Passed at the first sitting")
    PASSED = "passed", _("Has passed")


class Reached(models.Model):
    """The first time that a person reached a milestone in a skill, with the units of that time (append-only)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="milestones"
    )
    skill = models.ForeignKey("items.Skill", on_delete=models.PROTECT, related_name="+")
    milestone = models.CharField(max_length=14, choices=Milestone)
    audience = models.CharField(max_length=10)
    unit_ids = models.JSONField(default=list)  # leaf units of the person
    counted_unit_ids = models.JSONField(default=list)  # with everything above them on that day
    sitting = models.ForeignKey("sittings.Sitting", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "skill", "milestone"], name="milestone_reached_once")
        ]


class Aggregate(models.Model):
    """Roll-up: how many people of a unit (with everything below it) reached a milestone."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10)
    skill = models.ForeignKey("items.Skill", on_delete=models.PROTECT, related_name="+")
    milestone = models.CharField(max_length=14, choices=Milestone)
    people = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "skill", "audience", "milestone"], name="one_aggregate_per_cell"
            )
        ]


class AuditRun(models.Model):
    """What a recount of all figures found."""

    at = models.DateTimeField(default=timezone.now)
    aggregates = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    differences = models.PositiveIntegerField(default=0)
    estimates = models.PositiveIntegerField(default=0)
    estimate_differences = models.PositiveIntegerField(default=0)
    estimates_outdated = models.JSONField(
        default=list
    )  # skills whose units, residents or samples changed since
    examples = models.JSONField(default=list)  # the first disagreements, in words for operators

    class Meta:
        ordering = ("-at",)

    @property
    def agrees(self) -> bool:
        return not (self.differences or self.estimate_differences)
