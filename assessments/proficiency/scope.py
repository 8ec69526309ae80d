"""Whose figures a person may see: the units of their roles and everything below."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from lms.accounts.api import Person
from lms.organisations.api import Role, RoleKind, Unit

VIEWERS = (RoleKind.COMMITTEE, RoleKind.CELL_SECRETARY, RoleKind.ADMINISTRATOR)


def own_units(person: Person | AnonymousUser) -> list[Unit]:
    """The highest units that the person sees; one query."""
    if not isinstance(person, Person):
        return []
    if person.is_superuser:
        return list(Unit.objects.filter(depth=1).order_by("path"))
    roles = Role.objects.current().filter(person=person, kind__in=VIEWERS).select_related("unit")
    units = sorted({role.unit.path: role.unit for role in roles}.values(), key=lambda unit: unit.path)
    return [
        unit for unit in units if not _covered(unit, [other for other in units if other.path != unit.path])
    ]


def sees(own: list[Unit], unit: Unit) -> bool:
    return _covered(unit, own)


def _covered(unit: Unit, above: list[Unit]) -> bool:
    return any(unit.path.startswith(other.path) for other in above)
