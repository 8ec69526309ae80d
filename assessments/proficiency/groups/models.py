"""Population cells, reference samples, estimates of groups and their runs."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.proficiency.estimate_models import Band


class AgeBand(models.TextChoices):
    UNDER_30 = "u30", _("under 30")
    TO_44 = "30-44", _("30 to 44")
    TO_59 = "45-59", _("45 to 59")
    FROM_60 = "60+", _("60 and older")


class PopulationCell(models.Model):
    """How many people live in a commune by age band, sex and group, with source and date."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    age_band = models.CharField(max_length=6, choices=AgeBand)
    sex = models.CharField(max_length=6)  # "female", "male"
    ethnicity_group = models.CharField(max_length=12)  # "kinh", "minority"
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    as_of = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "age_band", "sex", "ethnicity_group"], name="one_population_cell"
            )
        ]


class ReferenceSample(models.Model):
    """People drawn at random: the only ground for the label "population". The seed draws the same again."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey("items.Skill", on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    size = models.PositiveIntegerField()
    drawn_on = models.DateField(default=timezone.localdate)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class Reply(models.TextChoices):
    DRAWN = "drawn", _("Drawn")
    REACHED = "reached", _("Reached")
    RESPONDED = "responded", _("Took part")
    REFUSED = "refused", _("Declined")


class ReferenceMember(models.Model):
    """Somebody of a sample, and what came of it."""

    sample = models.ForeignKey(ReferenceSample, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=Reply, default=Reply.DRAWN)
    sitting = models.ForeignKey("sittings.Sitting", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "person"], name="drawn_once_per_sample")]


class EstimateRun(models.Model):
    """One run of all group estimates; at most one is in force."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Replaced")
        FAILED = "failed", _("Failed")

    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.RUNNING)
    seed = models.BigIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    progress = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    settings = models.JSONField(default=dict, blank=True)
    calibrations = models.JSONField(default=dict, blank=True)  # {"vid": pk}

    class Meta:
        ordering = ("-number",)
        verbose_name = _("run of the estimates")
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="in_force"), name="one_run_in_force")
        ]


class Label(models.TextChoices):
    PARTICIPANTS = "participants", _("Among participants")
    POPULATION = "population", _("Whole population")


class Standing(models.TextChoices):
    PUBLISHED = "published", _("Published")
    INDICATIVE = "indicative", _("For orientation only")
    SUPPRESSED = "suppressed", _("Withheld")


class GroupEstimate(models.Model):
    """Share of a group at or above a band, with its 90 % interval. An empty audience means everybody."""

    run = models.ForeignKey(EstimateRun, on_delete=models.CASCADE, related_name="estimates")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, blank=True)
    skill = models.ForeignKey("items.Skill", on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=10, choices=Band)
    share = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    people = models.PositiveIntegerField()  # n: people measured
    coverage = models.FloatField(null=True, blank=True)  # measured people / all people of the group
    supervised_share = models.FloatField(default=0)
    label = models.CharField(max_length=12, choices=Label)
    standing = models.CharField(max_length=12, choices=Standing)
    risk_per_100 = models.FloatField(null=True, blank=True)  # critical errors per 100 people
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "unit", "skill", "audience", "band"], name="one_estimate_per_cell"
            )
        ]


class GroupChange(models.Model):
    """Change of a share between two measurements on the same scale; shown only when it is beyond error."""

    run = models.ForeignKey(EstimateRun, on_delete=models.CASCADE, related_name="changes")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, blank=True)
    skill = models.ForeignKey("items.Skill", on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=10, choices=Band)
    since = models.DateField()
    share_before = models.FloatField()
    share_after = models.FloatField()
    low = models.FloatField()  # of the difference, 90 %
    high = models.FloatField()
    people = models.PositiveIntegerField()
    shown = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "unit", "skill", "audience", "band"], name="one_change_per_cell"
            )
        ]
