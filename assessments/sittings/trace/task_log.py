"""The log of one play of a simulated task: what was done, in the author's names, append-only until it ends."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone


class TaskLog(models.Model):
    """A play inside a sitting belongs to its item there; a play of a lesson belongs to a person.

    The log of a visitor without an account is never saved here; it lives in the session.
    """

    uuid = models.UUIDField(unique=True)  # the client's: a double click starts once
    sitting_item = models.ForeignKey(
        "sittings.SittingItem", null=True, on_delete=models.CASCADE, related_name="task_logs"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="task_logs"
    )
    version = models.ForeignKey("items.ItemVersion", on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    # [n, t, screen, action, element, value] with authored names
    events = models.JSONField(default=list)
    hints = models.BooleanField(default=True)  # whether hints may be asked
    stepped = models.BooleanField(default=False)  # played by plain forms
    dropped = models.PositiveIntegerField(default=0)  # impossible events that were refused
    flags = models.JSONField(default=list)
    return_path = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["sitting_item"],
                condition=models.Q(ended_at__isnull=True, sitting_item__isnull=False),
                name="one_open_play_per_item",
            )
        ]

    @property
    def elapsed_ms(self) -> int:
        return int((timezone.now() - self.opened_at) / datetime.timedelta(milliseconds=1))

    def flag(self, name: str) -> None:
        if name not in self.flags:
            self.flags = [*self.flags, name]
