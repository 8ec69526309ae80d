"""Libraries once, contents by hash, activities with versions, and what people did in them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.h5p.names import LibraryName


class Library(models.Model):
    """One name and version, installed once for the whole site; ``tree_hash`` tells whether two are equal."""

    machine_name = models.CharField(_("machine name"), max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField(default=0)
    title = models.CharField(_("title"), max_length=255)
    runnable = models.BooleanField(default=False)
    tree_hash = models.CharField(max_length=64)
    # library.json as it was checked: dependencies, scripts and styles in order.
    manifest = models.JSONField(default=dict)
    # Runs on our own small player, so the large one need not be loaded or even be there.
    is_own = models.BooleanField(default=False)
    installed_at = models.DateTimeField(default=timezone.now)
    installed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("machine_name", "-major", "-minor")
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        constraints = [
            models.UniqueConstraint(fields=["machine_name", "major", "minor"], name="h5p_library_once")
        ]
        permissions = [("install_library", "Can install H5P libraries")]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.version}"

    @property
    def name(self) -> LibraryName:
        return LibraryName(self.machine_name, self.major, self.minor)

    @property
    def version(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


class LibraryFile(models.Model):
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=255)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "path"], name="h5p_library_file_once")]


class Content(models.Model):
    """Parameters and media that never change; the same content uploaded twice is one row."""

    hash = models.CharField(max_length=64, unique=True)
    main_library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="contents")
    # Every library that it needs, the main one included: what uses what is one query.
    libraries = models.ManyToManyField(Library, related_name="used_in")
    params = models.JSONField()
    metadata = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.hash[:12]


class ContentFile(models.Model):
    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=255)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content", "path"], name="h5p_content_file_once")]


class Activity(models.Model):
    """What a lesson shows; its versions hold the contents."""

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=255)
    blind = models.BooleanField(
        _("judged by the server only"),
        default=True,
        help_text=_("The browser gets no key. Only such attempts may count; the others are practice."),
    )
    current = models.ForeignKey(
        "h5p.ActivityVersion", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("title", "pk")
        verbose_name = _("H5P activity")
        verbose_name_plural = _("H5P activities")

    def __str__(self) -> str:
        return self.title


class ActivityVersion(models.Model):
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="versions")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="h5p_version_once")]

    def __str__(self) -> str:
        return f"{self.activity} v{self.number}"


class UploadState(models.TextChoices):
    WAITING = "waiting", _("Waiting for the worker")
    CHECKING = "checking", _("Being checked")
    ASKING = "asking", _("Libraries need a decision")
    STORING = "storing", _("Being stored")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class Upload(models.Model):
    """A package on its way in. The file lies in a folder of its own until the worker has taken it in or refused it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    # None: the package makes a new activity.
    activity = models.ForeignKey(Activity, null=True, on_delete=models.CASCADE, related_name="uploads")
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    # Faults and warnings, as the pure library names them.
    issues = models.JSONField(default=list)
    # What installing the package's libraries would change: [{"name", "from", "to", "change", "files"}]
    changes = models.JSONField(default=list)
    libraries_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-created_at",)


class AttemptQuerySet(models.QuerySet[Any]):
    def counting(self) -> AttemptQuerySet:
        """Those that a completion rule asking for a score may look at; all others are practice."""
        return self.filter(finished_at__isnull=False, verified=True, blind=True)


class Attempt(models.Model):
    """One person's pass through one version; all are kept. Never feeds an estimate of ability."""

    uuid = models.UUIDField(unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="h5p_attempts"
    )
    version = models.ForeignKey(ActivityVersion, on_delete=models.PROTECT, related_name="attempts")
    # Where it was opened, as the room above names its lessons; and the enrolment there, if one was asked for.
    place = models.CharField(max_length=80, blank=True)
    enrolment = models.PositiveBigIntegerField(null=True)
    blind = models.BooleanField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    state = models.JSONField(null=True)
    state_number = models.PositiveIntegerField(default=0)
    result_uuid = models.UUIDField(null=True, unique=True)
    # The answers as they came, and what the server made of them.
    snapshot = models.JSONField(null=True)
    raw = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    verified = models.BooleanField(default=False)
    details = models.JSONField(default=list)
    claimed_raw = models.FloatField(null=True)
    claimed_maximum = models.FloatField(null=True)
    # The browser knew the key and yet claimed another score than the server found.
    mismatch = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = [models.Index(fields=["person", "version"])]

    @property
    def counts(self) -> bool:
        return bool(self.finished_at and self.verified and self.blind)


class Statement(models.Model):
    """An xAPI statement as the server made it; append-only."""

    uuid = models.UUIDField(unique=True)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="statements")
    verb = models.CharField(max_length=40)
    body = models.JSONField()
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("stored_at", "pk")
