"""A calibration and its item parameters. Never changed once in force: sittings of its time keep it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    RUNNING = "running", _("Running")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Replaced")
    FAILED = "failed", _("Failed")


class CalibrationModel(models.TextChoices):
    EXPERT = "expert", _("Experts' guess")
    ONE_PL = "1pl", _("Difficulty from answers")
    TWO_PL = "2pl", _("Difficulty and discrimination from answers")


class Calibration(models.Model):
    """A version of the item parameters of one skill; at most one per skill is in force."""

    skill = models.ForeignKey("items.Skill", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=8, choices=CalibrationModel)
    state = models.CharField(max_length=12, choices=RunState, default=RunState.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    responses = models.PositiveIntegerField(default=0)
    log_likelihood = models.FloatField(null=True, blank=True)
    converged = models.BooleanField(default=True)
    error = models.TextField(blank=True)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("skill", "-number")
        verbose_name = _("calibration")
        constraints = [
            models.UniqueConstraint(fields=["skill", "number"], name="one_calibration_per_number"),
            models.UniqueConstraint(
                fields=["skill"], condition=Q(state="in_force"), name="one_calibration_in_force_per_skill"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id}/{self.number} {self.get_state_display()}"


class ParameterStatus(models.TextChoices):
    EXPERT = "expert", _("Guessed by experts")
    PROVISIONAL = "provisional", _("Provisional")
    CALIBRATED = "calibrated", _("Calibrated")


class ItemParameter(models.Model):
    """P(right) = c + (1 - c) / (1 + exp(-a (theta - b))); standard errors are null where experts guessed."""

    calibration = models.ForeignKey(Calibration, on_delete=models.CASCADE, related_name="parameters")
    item = models.ForeignKey("items.Item", on_delete=models.PROTECT, related_name="+")
    a = models.FloatField(default=1.0)
    b = models.FloatField()
    c = models.FloatField(default=0.0)
    se_a = models.FloatField(null=True, blank=True)
    se_b = models.FloatField(null=True, blank=True)
    answers = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=12, choices=ParameterStatus, default=ParameterStatus.EXPERT)
    # {"infit", "outfit", "drift_z", "dif": {group: {"class", "delta"}}}
    fit = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calibration", "item"], name="one_parameter_per_item")]


class CalibrationShard(models.Model):
    """Some of the answers of a run that is going on, and what was last computed from them.

    It stands in the database because workers on several machines share the work; it goes when the run ends.
    """

    calibration = models.ForeignKey(Calibration, on_delete=models.CASCADE, related_name="shards")
    number = models.PositiveIntegerField()
    first_sitting = models.BigIntegerField()
    last_sitting = models.BigIntegerField()
    claimed_round = models.PositiveIntegerField(default=0)
    done_round = models.PositiveIntegerField(default=0)
    answers = models.BinaryField(default=b"")
    outcome = models.BinaryField(default=b"")

    class Meta:
        ordering = ("calibration", "number")
        constraints = [models.UniqueConstraint(fields=["calibration", "number"], name="one_shard_per_number")]
