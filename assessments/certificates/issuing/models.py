"""Batches of certificates, and who was guided by whom."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    WORKING = "working", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Could not be made")


class Batch(models.Model):
    """The certificates of a unit after a test day, with one ZIP, one PDF to print and one time-stamp."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    # When the worker last did something; a batch that stands still for long is given to it again.
    touched_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.WORKING)
    problem = models.CharField(max_length=300, blank=True)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    archive = models.CharField(max_length=200, blank=True)
    print_file = models.CharField(max_length=200, blank=True)
    # Root of the tree over the digests of the sealed files, and the RFC 3161 token that dates it.
    root = models.CharField(max_length=64, blank=True)
    time_stamp = models.BinaryField(blank=True, default=b"")

    class Meta:
        app_label = "certificates"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(self.uuid)


class BatchMember(models.Model):
    """A certificate at its place in a batch; the place is the place of its leaf in the tree."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="members")
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="batches"
    )
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)  # of the sealed file that the tree holds

    class Meta:
        app_label = "certificates"
        ordering = ("batch", "position")
        constraints = [
            models.UniqueConstraint(fields=["batch", "certificate"], name="once_per_batch"),
            models.UniqueConstraint(fields=["batch", "position"], name="one_member_per_position"),
        ]


class Coaching(models.Model):
    """The guided person agreed that this guide names them among those helped; may be taken back."""

    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="people_guided"
    )
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guides")
    consented_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "certificates"
        ordering = ("-consented_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "learner"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_open_consent_per_guide",
            ),
            models.CheckConstraint(condition=~Q(coach=models.F("learner")), name="nobody_guides_themselves"),
        ]
