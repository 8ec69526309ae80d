"""Abilities of people: a snapshot per sitting and skill, and where a person stands now."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Band(models.TextChoices):
    NONE = "none", _("Not yet basic")
    BASIC = "basic", _("Basic")
    PROFICIENT = "proficient", _("Proficient")


class Ability(models.Model):
    """theta and its standard error on the scale of the skill; the probabilities of the two bands."""

    skill = models.ForeignKey("items.Skill", on_delete=models.PROTECT, related_name="+")
    theta = models.FloatField()
    se = models.FloatField()
    p_basic = models.FloatField()  # P(ability at or above the basic cut)
    p_proficient = models.FloatField()
    band = models.CharField(max_length=10, choices=Band)
    items = models.PositiveSmallIntegerField()
    provisional = models.BooleanField()  # some item parameters are experts' guesses
    calibration = models.ForeignKey("sittings.Calibration", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class SittingEstimate(Ability):
    """What one finished sitting says about one skill (append-only); the units are those of its start."""

    sitting = models.ForeignKey("sittings.Sitting", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="sitting_estimates"
    )
    first = models.BooleanField()  # the person's first measuring sitting in this skill
    supervised = models.BooleanField()
    reference = models.BooleanField(default=False)  # of somebody drawn at random, under supervision
    evidence_class = models.CharField(max_length=1)
    effort = models.FloatField(null=True, blank=True)  # share of answers that were not rapid guesses
    critical_errors = models.PositiveSmallIntegerField(default=0)
    audience = models.CharField(max_length=10)
    unit_ids = models.JSONField(default=list)
    counted_unit_ids = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "skill"], name="one_estimate_per_sitting")]
        indexes = [models.Index(fields=["skill", "first"])]


class PersonSkill(Ability):
    """Where a person stands: the likelihoods of all their measuring sittings together."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skills")
    sittings = models.PositiveSmallIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="one_state_per_skill")]
