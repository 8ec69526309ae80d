"""Who may lead a gathering: its facilitator, and whoever leads or administers its unit or one above it."""

from __future__ import annotations

from typing import Any

from courses.gatherings.models import Gathering
from lms.accounts.api import Person
from lms.organisations.api import RoleKind, units_visible_to

LEADING_ROLES = (RoleKind.FACILITATOR, RoleKind.CELL_SECRETARY, RoleKind.ADMINISTRATOR)


def may_lead(person: Any, gathering: Gathering) -> bool:
    if not isinstance(person, Person):
        return False
    if gathering.facilitator_id == person.pk:
        return True
    return units_visible_to(person, *LEADING_ROLES).filter(pk=gathering.unit_id).exists()
