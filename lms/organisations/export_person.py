"""Where a person belongs, as plain data for the person; and what is cleared when they are erased."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from lms.accounts.api import Person
from lms.organisations.models import Membership, Role


def export_person(person: Person) -> dict[str, Any]:
    memberships = Membership.objects.filter(person=person).select_related("unit")
    roles = Role.objects.filter(person=person).select_related("unit")
    return {
        "memberships": [{"unit": row.unit.full_title, **_period(row)} for row in memberships],
        "roles": [{"unit": row.unit.full_title, "role": row.kind, **_period(row)} for row in roles],
    }


def forget_person(person: Person) -> None:
    """Roles go; memberships end today and lose the staff number, so that past figures keep their unit."""
    Role.objects.filter(person=person).delete()
    memberships = Membership.objects.filter(person=person)
    memberships.update(staff_number="")
    memberships.filter(valid_to__isnull=True).update(valid_to=timezone.localdate())


def _period(row: Membership | Role) -> dict[str, str | None]:
    return {
        "from": row.valid_from.isoformat(),
        "to": row.valid_to.isoformat() if row.valid_to else None,
    }
