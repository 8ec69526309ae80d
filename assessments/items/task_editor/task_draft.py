"""The draft of a task: saved with all its faults, published as a version when it has none."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskDraft(models.Model):
    """``revision`` counts the saves, so that two windows never overwrite each other unseen."""

    item = models.OneToOneField("items.Item", on_delete=models.CASCADE, related_name="task_draft")
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        app_label = "items"
        verbose_name = _("draft of a simulated task")

    def __str__(self) -> str:
        return str(self.document.get("title") or self.document.get("id", ""))
