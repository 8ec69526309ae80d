"""The item bank: skills, outcomes, facts, items and their immutable versions."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.items.task_editor.task_draft import TaskDraft as TaskDraft
from lms import vietnamese


class Skill(models.Model):
    """One of the five essential skills or an extra group."""

    code = models.SlugField(max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    essential = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")
        verbose_name = _("skill")

    def __str__(self) -> str:
        return self.name


class Outcome(models.Model):
    """An observable thing that a person can do."""

    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=12, unique=True)
    text = models.CharField(_("what the person can do"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("skill", "position")
        verbose_name = _("outcome")

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Fact(models.Model):
    """A statement that lessons and items rest on, with source, legal basis and dates."""

    class Mark(models.TextChoices):
        SOURCE = "S", _("Read in a public source")
        PLAN = "P", _("From the campaign plan")
        TRIED = "T", _("Tried out")
        COMMON = "K", _("Common knowledge or arithmetic")
        SECONDARY = "C", _("Secondary source only")
        MEMORY = "M", _("From memory")

    key = models.CharField(max_length=40, unique=True)
    says = models.TextField(_("what it says"))
    source = models.CharField(_("source"), max_length=300)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    mark = models.CharField(_("how sure"), max_length=1, choices=Mark)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    review_by = models.DateField(_("review by"), null=True, blank=True)

    class Meta:
        ordering = ("review_by", "key")
        verbose_name = _("fact")
        verbose_name_plural = _("facts")

    def __str__(self) -> str:
        return f"{self.key}: {self.says[:60]}"

    @property
    def overdue(self) -> bool:
        return self.review_by is not None and self.review_by < timezone.localdate()

    @property
    def sure(self) -> bool:
        """Only sure facts may carry a live item."""
        return self.mark in {"S", "P", "T", "K"} and self.verified_on is not None


class ItemState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    PILOT = "pilot", _("Pilot")
    LIVE = "live", pgettext_lazy("item", "Live")
    RETIRED = "retired", _("Retired")


class Item(models.Model):
    """A question or task. Its content is in versions; sittings keep the version that they used."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=24, unique=True)
    kind = models.CharField(pgettext_lazy("item", "kind"), max_length=20)
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="items")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="items")
    title = models.CharField(_("title"), max_length=200)
    folded_text = models.TextField(editable=False, blank=True)
    difficulty = models.PositiveSmallIntegerField(_("difficulty guess"), default=3)
    state = models.CharField(_("state"), max_length=8, choices=ItemState, default=ItemState.DRAFT)
    current = models.ForeignKey(
        "ItemVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    audiences = models.JSONField(default=list, blank=True)
    tags = models.JSONField(default=list, blank=True)
    # Codes of items that give this one away; codes, because an enemy may be loaded later.
    enemies = models.JSONField(default=list, blank=True)
    facts = models.ManyToManyField(Fact, blank=True, related_name="items")
    practice_only = models.BooleanField(default=False)
    review_by = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("code",)
        verbose_name = _("item")
        verbose_name_plural = _("items")
        indexes = [models.Index(fields=["skill", "state", "kind"])]
        permissions = [("review_item", "Can approve, send back and retire items")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = vietnamese.normal(self.title)
        self.folded_text = self.folded_text or vietnamese.folded(f"{self.code} {self.title}")
        super().save(*args, **kwargs)


class ItemVersion(models.Model):
    """Immutable content of an item, key included; never sent to a browser as it is.

    A version without ``created_by`` came from a file of the repository.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    # The earliest version that asks the very same; its statistics go on when only tags or dates were changed.
    same_as = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.RESTRICT, related_name="+"
    )

    class Meta:
        ordering = ("item", "number")
        verbose_name = _("version of an item")
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.item.code} v{self.number}"

    @property
    def question_id(self) -> int:
        """The version under which answers to this one are counted."""
        return self.same_as_id or self.pk


class StateChange(models.Model):
    """One step in the life of an item. Never changed; without a person a file of the repository did it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="state_changes")
    version = models.ForeignKey(ItemVersion, null=True, on_delete=models.RESTRICT, related_name="+")
    before = models.CharField(max_length=8, choices=ItemState, blank=True)
    after = models.CharField(max_length=8, choices=ItemState)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("item", "pk")
        verbose_name = _("change of state")

    def __str__(self) -> str:
        return f"{self.item.code}: {self.before} → {self.after}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A change of state is never changed.")
        super().save(*args, **kwargs)


class ItemStatistics(models.Model):
    """Sums over the answers to a version; whole numbers, so that a recount agrees exactly.

    Points, shares and logarithms of seconds are in thousandths. What they mean: ``answer_sums.py``.
    """

    version = models.OneToOneField(
        ItemVersion, primary_key=True, on_delete=models.CASCADE, related_name="statistics"
    )
    asked = models.BigIntegerField(default=0)
    answered = models.BigIntegerField(default=0)
    points = models.BigIntegerField(default=0)
    pairs = models.BigIntegerField(default=0)
    pair_points = models.BigIntegerField(default=0)
    pair_points_squared = models.BigIntegerField(default=0)
    pair_rest = models.BigIntegerField(default=0)
    pair_rest_squared = models.BigIntegerField(default=0)
    pair_product = models.BigIntegerField(default=0)
    timed = models.BigIntegerField(default=0)
    log_seconds = models.BigIntegerField(default=0)
    with_critical = models.BigIntegerField(default=0)
    practised = models.BigIntegerField(default=0)
    practice_points = models.BigIntegerField(default=0)
    marks = models.JSONField(default=dict)
    critical = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("statistics of an item")

    def __str__(self) -> str:
        return f"{self.version}: {self.answered}"
