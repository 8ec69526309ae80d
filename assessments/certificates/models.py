"""Achievements, certificates and what happened to them. A certificate is immutable; a correction is a new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def private_files() -> Storage:
    """Certificates carry full names: they never lie where uploads are served from."""
    if "private" in settings.STORAGES:
        return storages["private"]
    return FileSystemStorage(location=settings.VAR / "certificates", allow_overwrite=True)


class Achievement(models.Model):
    """What a certificate says that a person can do."""

    key = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=150)
    skill = models.ForeignKey(
        "items.Skill", on_delete=models.PROTECT, related_name="achievements", verbose_name=_("skill")
    )
    level = models.CharField(_("level"), max_length=60)
    criteria = models.TextField(_("criteria in words"))
    issuer = models.CharField(_("issuer"), max_length=150)
    validity_months = models.PositiveSmallIntegerField(_("valid for months"), default=24)
    blueprint = models.ForeignKey(
        "sittings.Blueprint",
        on_delete=models.PROTECT,
        related_name="achievements",
        verbose_name=_("assessment"),
    )
    active = models.BooleanField(_("still awarded"), default=True)

    class Meta:
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        ordering = ("key", "-version")
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_achievement_version")]

    def __str__(self) -> str:
        return self.title


class NumberSeries(models.Model):
    """The last number given in a year; its row is the lock that keeps numbers without gaps."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


class CertificateState(models.TextChoices):
    PENDING = "pending", _("Being made")
    STORED = "stored", _("Issued")


class CertificateOrigin(models.TextChoices):
    EARNED = "earned", _("Earned in an assessment")
    CORRECTION = "correction", _("Correction of the name")


class Certificate(models.Model):
    """Code, number and a snapshot of everything as issued. Only ``state``, ``pdf`` and revocation ever change."""

    code = models.CharField(max_length=16, unique=True)
    number = models.CharField(max_length=30, unique=True)
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    sitting = models.ForeignKey("sittings.Sitting", on_delete=models.PROTECT, related_name="certificates")
    origin = models.CharField(max_length=10, choices=CertificateOrigin, default=CertificateOrigin.EARNED)
    name = models.CharField(max_length=150)
    level = models.CharField(max_length=60)
    # {"title", "criteria", "skill", "skill_code", "issuer", "items", "supervised", "provisional"} of the day of issue
    snapshot = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=CertificateState, default=CertificateState.PENDING)
    issued_on = models.DateField(default=timezone.localdate)
    valid_until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.CharField(max_length=300, blank=True)
    # The newer certificate points at the older one, so that the older row stays as it was issued.
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    pdf = models.FileField(storage=private_files, max_length=200, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-issued_on", "-pk")
        indexes = [models.Index(fields=["state"], condition=Q(state="pending"), name="certificates_to_make")]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "achievement"],
                condition=Q(origin="earned"),
                name="one_certificate_per_sitting",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def successor(self) -> Certificate | None:
        """The certificate that took the place of this one."""
        return getattr(self, "superseded_by", None)

    def expired(self, on: dt.date | None = None) -> bool:
        return self.valid_until is not None and self.valid_until < (on or timezone.localdate())


class AppendOnly(Exception):
    """Events are never changed and never deleted."""


class CertificateEvent(models.Model):
    """Append-only and hash-chained: issued, viewed, revoked, reprinted."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("certificate", "position")
        constraints = [
            models.UniqueConstraint(fields=["certificate", "position"], name="one_event_per_position")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly("a certificate event cannot be changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("a certificate event cannot be deleted")
