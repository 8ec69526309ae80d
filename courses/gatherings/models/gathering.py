"""A gathering: one row that holds the whole present state of a hall; every act replaces its version."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    LOBBY = "lobby", _("Waiting for people")
    SHOWN = "shown", _("Shown")
    OPEN = "open", _("Answers are taken")
    CLOSED = "closed", _("Closed")
    REVEALED = "revealed", _("Revealed")
    DISCUSS = "discuss", _("Discussion")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


def new_projector_token() -> str:
    return secrets.token_urlsafe(24)


class Gathering(models.Model):
    """What a hall shows now. Rules of change stand in ``phases.py``; only ``act`` writes them here."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("join code"), max_length=6, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    plan = models.ForeignKey(
        "gatherings.Plan", null=True, blank=True, on_delete=models.SET_NULL, related_name="gatherings"
    )
    # Frozen steps of the plan: an edited plan never changes what a hall has seen. See plans/freeze.py.
    steps = models.JSONField(default=list)
    language = models.CharField(max_length=10, default="vi")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="gatherings")
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="gatherings_led"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    node = models.CharField(max_length=40, blank=True)  # the laptop that held it; empty: this server
    planned_for = models.DateTimeField(_("planned for"), null=True, blank=True)

    version = models.PositiveIntegerField(default=1)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.LOBBY)
    paused_from = models.CharField(max_length=10, choices=Phase, blank=True)
    position = models.PositiveSmallIntegerField(default=0)  # steps count from 1; 0 is the lobby
    round = models.PositiveSmallIntegerField(default=0)
    # For each step that was on the screen, by its position: StepProgress of phases.py as JSON.
    progress = models.JSONField(default=dict)

    # Everybody in the hall by count, those without phone or card included; null: only seats are known.
    head_count = models.PositiveSmallIntegerField(null=True, blank=True)
    show_names = models.BooleanField(_("show names on the big screen"), default=False)
    silent = models.BooleanField(_("people answer silently at first"), default=True)
    projector_token = models.CharField(max_length=43, null=True, unique=True, default=new_projector_token)
    act_token_hash = models.CharField(max_length=64, blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The gathering's own clock: milliseconds since it began, by the monotonic clock of the machine (clock.py).
    clock_ms = models.PositiveBigIntegerField(default=0)
    clock_boot = models.CharField(max_length=36, blank=True)
    clock_monotonic_ms = models.BigIntegerField(default=0)
    clock_at = models.DateTimeField(default=timezone.now)
    phase_ms = models.PositiveBigIntegerField(default=0)  # when the present phase began

    # The end of the chain of events.
    events = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        constraints = [
            # An ended gathering gives its code back.
            models.UniqueConstraint(
                fields=["code"], condition=~Q(phase="ended"), name="one_open_gathering_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def step(self) -> dict[str, Any] | None:
        """The frozen step on the screen; None in the lobby."""
        if not 1 <= self.position <= len(self.steps):
            return None
        step: dict[str, Any] = self.steps[self.position - 1]
        return step
