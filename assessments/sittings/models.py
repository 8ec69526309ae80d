"""Blueprints, sittings, their items and responses. Responses are append-only."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.sittings.calibration.models import (
    Calibration,
    CalibrationModel,
    CalibrationShard,
    ItemParameter,
    ParameterStatus,
    RunState,
)
from assessments.sittings.trace.task_log import TaskLog

__all__ = [
    "Blueprint",
    "Calibration",
    "CalibrationModel",
    "CalibrationShard",
    "EvidenceClass",
    "ItemEvidence",
    "ItemParameter",
    "LessonAnswer",
    "ParameterStatus",
    "Purpose",
    "Response",
    "RunState",
    "Selection",
    "Sitting",
    "SittingItem",
    "TaskLog",
]


class Purpose(models.TextChoices):
    PRACTICE = "practice", _("Practice")
    SCORED = "scored", _("Scored")
    REFERENCE = "reference", _("Reference sample")
    PRETEST = "pretest", _("Pretest")


class Selection(models.TextChoices):
    FIXED = "fixed", _("The listed items")
    RANDOM = "random", _("Drawn at random per skill")
    ADAPTIVE = "adaptive", _("Chosen after each answer")
    TWO_STAGE = "two_stage", _("Two stages: the second fits the first")


class EvidenceClass(models.TextChoices):
    ALONE = "A", _("Alone and silent")
    ASSISTED = "B", _("Assisted, or on a borrowed phone or card")
    DISCUSSED = "C", _("After discussion or with results visible")
    COUNT = "D", _("A count without identity")


class ItemEvidence(models.TextChoices):
    """What a finished sitting says about its items; decided once, because its person may be erased later."""

    NONE = "", _("Nothing")
    MEASURED = "measured", _("Measured: alone, and for the first time in these skills")
    PRACTISED = "practised", _("Practised")


class Blueprint(models.Model):
    """What an assessment must contain and how it ends."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=150)
    intro = models.TextField(_("introduction"), blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.SCORED)
    selection = models.CharField(max_length=10, choices=Selection, default=Selection.RANDOM)
    # [{"skill": "vid", "count": 10}] for random selection; the listed items are codes in the order of the sitting
    parts = models.JSONField(default=list)
    fixed_items = models.JSONField(default=list, blank=True)
    pass_share = models.DecimalField(
        _("share of points to pass"), max_digits=4, decimal_places=3, default=0.7
    )
    waiting_days = models.PositiveSmallIntegerField(_("days before a new attempt"), default=0)
    minutes = models.PositiveSmallIntegerField(_("usual minutes"), default=15)
    # Abilities on the scale of the skill at which a level starts; null: the share of points decides.
    cut_basic = models.FloatField(_("ability at which “basic” starts"), null=True, blank=True)
    cut_proficient = models.FloatField(_("ability at which “proficient” starts"), null=True, blank=True)
    max_items = models.PositiveSmallIntegerField(_("most items"), default=17)
    se_target = models.FloatField(_("standard error that is precise enough"), default=0.3)
    exposure_cap = models.FloatField(_("largest share of sittings that may show one item"), default=0.4)
    unscored_seeds = models.PositiveSmallIntegerField(_("new items tried out per sitting"), default=0)
    open = models.BooleanField(_("open"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "slug")
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self) -> str:
        return self.title


class Sitting(models.Model):
    """One person's pass through a blueprint; blueprint, unit and audience are frozen as at its start."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    start_uuid = models.UUIDField(unique=True)  # the client's UUID of the start: a double click starts once
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="sittings"
    )
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="sittings")
    frozen = models.JSONField()  # {"slug", "title", "purpose", "parts", "pass_share"}
    purpose = models.CharField(max_length=10, choices=Purpose)
    seed = models.BigIntegerField()
    evidence_class = models.CharField(max_length=1, choices=EvidenceClass, default=EvidenceClass.ALONE)
    supervised = models.BooleanField(default=False)
    unit_ids = models.JSONField(default=list)  # leaf units of the person at the start
    audience = models.CharField(max_length=10)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    finish_uuid = models.UUIDField(null=True, blank=True)
    points = models.FloatField(null=True, blank=True)
    max_points = models.FloatField(null=True, blank=True)
    passed = models.BooleanField(null=True)
    # {"vid": {"points": 6.0, "max": 8.0}} written when it ends
    by_skill = models.JSONField(default=dict)
    # {"vid": pk of the calibration} frozen at the start
    calibrations = models.JSONField(default=dict)
    # {"vid": {"theta", "se", "p_basic", "p_proficient", "n", "effort", "provisional"}} written when it ends
    estimates = models.JSONField(default=dict)
    item_evidence = models.CharField(
        max_length=10, choices=ItemEvidence, blank=True, default=ItemEvidence.NONE
    )

    class Meta:
        ordering = ("-started_at", "pk")
        indexes = [models.Index(fields=["person", "finished_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "blueprint"],
                condition=Q(finished_at__isnull=True),
                name="one_open_sitting_per_blueprint",
            )
        ]


class SittingItem(models.Model):
    """An item version at a position of a sitting, with the seed that shuffles its options."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey("items.ItemVersion", on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    scored = models.BooleanField(default=True)  # new items are tried out unscored
    why = models.JSONField(default=dict, blank=True)  # why this item was chosen, for editors

    class Meta:
        ordering = ("sitting", "position")
        constraints = [models.UniqueConstraint(fields=["sitting", "position"], name="one_item_per_position")]


class Response(models.Model):
    """One acknowledged answer. Never changed; a later one for the same position stands beside it."""

    uuid = models.UUIDField(unique=True)  # the client's UUID: a repeated post is the same answer
    sitting_item = models.ForeignKey(SittingItem, on_delete=models.CASCADE, related_name="responses")
    answer = models.JSONField()
    points = models.FloatField()
    max_points = models.FloatField()
    correct = models.BooleanField()
    critical = models.JSONField(default=list)  # dangerous acts, apart from the points
    evidence_class = models.CharField(max_length=1, choices=EvidenceClass, default=EvidenceClass.ALONE)
    received_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(null=True, blank=True)  # since the page was shown, by the server's clock

    class Meta:
        ordering = ("sitting_item", "pk")


class LessonAnswer(models.Model):
    """A person's answer to a practice item inside a lesson. Never changed, never part of a score."""

    uuid = models.UUIDField(unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_answers"
    )
    version = models.ForeignKey("items.ItemVersion", on_delete=models.PROTECT, related_name="+")
    answer = models.JSONField()
    points = models.FloatField()
    correct = models.BooleanField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-received_at", "pk")
