"""A check of a staff list and its rows; who wants to be told what; keys for machines. Rows and lists are purged."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.certificates.staff_checks.results import Result


def list_files() -> Storage:
    """Lists carry names and birth dates: they never lie where uploads are served from."""
    if "private" in settings.STORAGES:
        return storages["private"]
    return FileSystemStorage(location=settings.VAR / "staff-lists", allow_overwrite=True)


class CheckState(models.TextChoices):
    UPLOADED = "uploaded", _("Columns to be confirmed")
    RUNNING = "running", _("Being checked")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be read")
    PURGED = "purged", _("List deleted")


class CheckSource(models.TextChoices):
    PAGE = "page"
    API = "api"


class StaffCheck(models.Model):
    """One list, checked once. After the purge the purpose, counts and hashes stay; names do not."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="staff_checks"
    )
    source = models.CharField(max_length=4, choices=CheckSource, default=CheckSource.PAGE)
    # On whose behalf: people of this unit and below are found by name; holders read its name.
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=150)
    legal_basis = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    # The moment that the answers speak of; set once when the work begins.
    as_of = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    file = models.FileField(storage=list_files, max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    input_hash = models.CharField(max_length=64)
    report_hash = models.CharField(max_length=64, blank=True)
    # Index of the row with the headings (-1: none), and field to column as the officer confirmed it.
    heading_row = models.SmallIntegerField(default=-1)
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["created_by", "-created_at"], name="checks_of_officer")]


class StaffCheckRow(models.Model):
    """A row as listed and what was found; snapshots, because the answer speaks of one moment."""

    check_of = models.ForeignKey(StaffCheck, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    full_name = models.CharField(max_length=150, blank=True)
    birth = models.CharField(max_length=20, blank=True)
    staff_number = models.CharField(max_length=30, blank=True)
    listed_code = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=24, choices=Result)
    certificate = models.ForeignKey(
        "certificates.Certificate", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    code = models.CharField(max_length=16, blank=True)
    title = models.CharField(max_length=220, blank=True)
    valid_until = models.DateField(null=True)
    # What the note says, as facts: {"days": 49}, {"same_as": 5}, {"others": 2}, {"why": "birth"} …
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ("check_of", "row")
        constraints = [models.UniqueConstraint(fields=["check_of", "row"], name="one_answer_per_row")]
        indexes = [models.Index(fields=["check_of", "result", "row"], name="rows_by_result")]


class StaffSubscription(models.Model):
    """Tell me when a certificate of the people of this unit expires or is withdrawn."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_subscriptions"
    )
    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    by_email = models.BooleanField(_("also by e-mail"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "unit"], name="one_subscription_per_unit")]


class NoticeKind(models.TextChoices):
    EXPIRES_90 = "expires_90", _("Expires within 90 days")
    EXPIRES_60 = "expires_60", _("Expires within 60 days")
    EXPIRES_30 = "expires_30", _("Expires within 30 days")
    EXPIRES_7 = "expires_7", _("Expires within 7 days")
    REVOKED = "revoked", _("Withdrawn")


class StaffNotice(models.Model):
    """Said once to one officer about one certificate."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_notices"
    )
    certificate = models.ForeignKey("certificates.Certificate", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    to_email = models.BooleanField(default=False)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["person", "certificate", "kind"], name="one_notice_of_a_kind")
        ]


class OfficerToken(models.Model):
    """A key with which a program checks on behalf of an officer. Only its hash is kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="officer_tokens"
    )
    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name of the program"), max_length=80)
    # The only thing that such a key may do; a second scope would be a second value.
    scope = models.CharField(max_length=20, default="staff-checks")
    token_hash = models.CharField(max_length=64, unique=True)
    first_letters = models.CharField(max_length=12)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
