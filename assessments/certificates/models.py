"""Achievements, certificates and what happened to them. A certificate is immutable; a correction is a new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.certificates.credentials.models import StatusList
from assessments.certificates.issuing.models import Batch, BatchMember, Coaching
from assessments.certificates.private_files import private_files
from assessments.certificates.signing.models import SigningKey
from assessments.certificates.staff_checks.models import (
    OfficerToken,
    StaffCheck,
    StaffCheckRow,
    StaffNotice,
    StaffSubscription,
)
from assessments.certificates.verifying.models import AnonymousChecks, ShareLink

# Models of the packages of this room stand here too, so that Django finds them.
__all__ = [
    "Achievement",
    "AnonymousChecks",
    "AppendOnly",
    "Award",
    "Batch",
    "BatchMember",
    "Certificate",
    "CertificateEvent",
    "CertificateOrigin",
    "CertificateState",
    "Coaching",
    "Identity",
    "NumberSeries",
    "OfficerToken",
    "ShareLink",
    "SigningKey",
    "StaffCheck",
    "StaffCheckRow",
    "StaffNotice",
    "StaffSubscription",
    "StatusList",
]


class Award(models.TextChoices):
    SITTING = "sitting", _("By passing the assessment")
    COACHING = "coaching", _("By guiding others, with the level of the assessment")


class Identity(models.TextChoices):
    ACCOUNT = "account", _("Any account")
    VOUCHED = "vouched", _("Somebody gave the person a card, or a staff number")


class Achievement(models.Model):
    """What a certificate says that a person can do. The code is stable; what changes is a new version."""

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
    award = models.CharField(_("how it is earned"), max_length=10, choices=Award, default=Award.SITTING)
    least_probability = models.FloatField(
        _("least probability that the level is reached"),
        default=0.8,
        validators=[MinValueValidator(0.5), MaxValueValidator(1.0)],
    )
    critical_limit = models.PositiveSmallIntegerField(
        _("from so many dangerous acts on it is not awarded"), default=2, validators=[MinValueValidator(1)]
    )
    least_effort = models.FloatField(
        _("least share of answers that were not rushed"),
        default=0.0,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
    )
    supervised = models.BooleanField(_("only from a supervised assessment"), default=False)
    identity = models.CharField(_("identity"), max_length=10, choices=Identity, default=Identity.ACCOUNT)
    least_coached = models.PositiveSmallIntegerField(
        _("least number of people guided"), default=3, validators=[MinValueValidator(1)]
    )
    issuer_code = models.CharField(
        _("sign of the issuer in the number"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[A-Z0-9]*\Z", _("Use capital letters and digits."))],
    )
    template_version = models.PositiveSmallIntegerField(_("version of the paper"), default=1, editable=False)

    class Meta:
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        ordering = ("key", "-version")
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_achievement_version")]

    def __str__(self) -> str:
        return self.title


class NumberSeries(models.Model):
    """The last number that an issuer gave in a year; its row is the lock that keeps numbers without gaps."""

    issuer_code = models.CharField(max_length=10, blank=True, default="")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer_code", "year"], name="one_series_per_issuer_and_year")
        ]


class CertificateState(models.TextChoices):
    """How far its making has come: each state says that everything up to it is there."""

    PENDING = "pending", _("Being made")
    SIGNED = "signed", _("Credential signed")
    RENDERED = "rendered", _("Page drawn")
    SEALED = "sealed", _("Page sealed")
    STORED = "stored", _("Issued")


class CertificateOrigin(models.TextChoices):
    EARNED = "earned", _("Earned in an assessment")
    CORRECTION = "correction", _("Correction of the name")
    REISSUE = "reissue", _("Issued again with a new key")


class Certificate(models.Model):
    """Code, number and a snapshot of everything as issued. Only the work of issuing and revocation ever change it."""

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
    pdf_digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the sealed file
    # The credential as issued (compact JWT), the ticket of its QR (base64url COSE), and which keys signed.
    credential = models.TextField(blank=True)
    ticket = models.TextField(blank=True)
    status_list = models.ForeignKey(
        StatusList, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    status_index = models.PositiveIntegerField(null=True, blank=True)
    credential_key = models.ForeignKey(
        SigningKey, null=True, blank=True, on_delete=models.PROTECT, related_name="credentials_of"
    )
    ticket_key = models.ForeignKey(
        SigningKey, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets_of"
    )
    seal_key = models.ForeignKey(
        SigningKey, null=True, blank=True, on_delete=models.PROTECT, related_name="seals_of"
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-issued_on", "-pk")
        indexes = [
            models.Index(fields=["state"], condition=~Q(state="stored"), name="certificates_to_make"),
            # The unique index of this column is nearly all NULL, and SQLite then prefers to read the whole table.
            models.Index(
                fields=["replaces"], condition=Q(replaces__isnull=False), name="certificates_that_replace"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "achievement"],
                condition=Q(origin="earned"),
                name="one_certificate_per_sitting",
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="one_certificate_per_status_index"
            ),
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
