"""The tree of units, who belongs where and what they may do there, and imports of people."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from lms import vietnamese


class UnitKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    COMMUNE = "commune", _("Commune")
    WARD = "ward", _("Ward")
    SPECIAL_ZONE = "special_zone", _("Special zone")
    HAMLET = "hamlet", _("Hamlet")
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    PARTY_CELL = "party_cell", _("Party cell")
    AGENCY = "agency", _("Agency")
    SCHOOL = "school", _("School")
    ENTERPRISE = "enterprise", _("Enterprise")


COMMUNE_LEVEL = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE)


class Unit(MP_Node):
    """A node of the organisation tree. The code is an attribute, never a key: packages disagree on one."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    name = models.CharField(_("name"), max_length=150)
    folded_name = models.CharField(max_length=150, editable=False, db_index=True)
    code = models.CharField(_("code"), max_length=20, blank=True, db_index=True)
    slug = models.SlugField(max_length=80, unique=True)
    note = models.TextField(_("note"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    # Children stand in the order in which they were added: the tree is edited far less often than read.
    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = vietnamese.normal(self.name)
        self.folded_name = vietnamese.folded(self.name)
        super().save(*args, **kwargs)

    @property
    def full_title(self) -> str:
        """Kind and name as people say it: "Xã Di Linh", "Phường 1 Bảo Lộc", "Đặc khu Phú Quý"."""
        if self.kind in {UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE}:
            return f"{UnitKind(self.kind).label} {self.name}"
        return self.name


class FormerUnit(models.Model):
    """A unit of before a merger; maps old rosters and addresses to the unit of today."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_units")
    name = models.CharField(max_length=150)
    folded_name = models.CharField(max_length=150, db_index=True)
    district = models.CharField(max_length=150, blank=True)
    resolution = models.CharField(max_length=120, blank=True)
    # Only a part of it went to this unit, so its name alone does not say where a person lives now.
    partial = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.name} ({self.district})" if self.district else self.name


class CurrentQuerySet(models.QuerySet[Any]):
    def current(self, on: Any = None) -> CurrentQuerySet:
        """Rows valid on a day (today when not given)."""
        day = on or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class Membership(models.Model):
    """A person in a unit for a time: resident of a hamlet, member of a cell, staff of an agency."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    staff_number = models.CharField(_("staff number"), max_length=30, blank=True)
    valid_from = models.DateField(default=timezone.localdate)
    valid_to = models.DateField(null=True, blank=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "person"]),
            models.Index(fields=["staff_number"], name="members_by_staff_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit"],
                condition=Q(valid_to__isnull=True),
                name="one_open_membership_per_unit",
            )
        ]


class RoleKind(models.TextChoices):
    FACILITATOR = "facilitator", _("Facilitator")
    CELL_SECRETARY = "cell_secretary", _("Cell secretary")
    HR_OFFICER = "hr_officer", _("HR officer")
    COMMITTEE = "committee", _("Steering committee")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Role(models.Model):
    """What a person may do in a unit and everything below it, for a time."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles", verbose_name=_("person")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roles", verbose_name=_("unit"))
    kind = models.CharField(_("role"), max_length=20, choices=RoleKind)
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        indexes = [models.Index(fields=["person", "kind"])]


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing saved yet")
    SAVING = "saving", _("Being saved")
    SAVED = "saved", _("Saved")
    FAILED = "failed", _("Could not be read")


class PeopleImport(models.Model):
    """A list of people from XLSX or CSV: checked by the worker (dry run), then saved by the worker."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)
    # When the worker last did something; a list that stands still for long is given to it again.
    touched_at = models.DateTimeField(default=timezone.now)
    file = models.FileField(upload_to="imports/", blank=True)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    # [{"row": 2, "level": "error|warning", "message": "…"}], at most the first 500
    messages = models.JSONField(default=list)
    # Numbers by outcome: new, duplicate, error.
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-created_at",)
