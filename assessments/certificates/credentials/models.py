"""Lists that say which credentials are no longer in force (W3C Bitstring Status List)."""

from __future__ import annotations

from django.db import models


class StatusList(models.Model):
    """One published list. ``changes`` counts what happened, ``signed_changes`` what the signed text knows."""

    LENGTH = 131_072

    number = models.PositiveIntegerField(unique=True)
    allocated = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    signed_changes = models.PositiveIntegerField(default=0)
    signed_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    # The same list twice: with an embedded proof, and as JWT.
    json_text = models.TextField(blank=True)
    jwt_text = models.TextField(blank=True)

    class Meta:
        app_label = "certificates"
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.number)
