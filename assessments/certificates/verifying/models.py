"""Share links of holders, and how often strangers asked about a certificate."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class ShareLink(models.Model):
    """The holder lets whoever has the link see the full name, until a day or until it is withdrawn."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.CASCADE, related_name="share_links"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "certificates"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(self.uuid)


class AnonymousChecks(models.Model):
    """How often somebody without an account opened the page of a certificate on one day; nothing about who."""

    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.CASCADE, related_name="anonymous_checks"
    )
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "certificates"
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "day"], name="one_count_of_checks_per_certificate_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
