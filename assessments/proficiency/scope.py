"""Whose figures a person may see: the units of their roles and everything below."""

from __future__ import annotations

from django.http import HttpRequest

from lms.accounts.api import Person
from lms.organisations.api import RoleKind, Unit, hold_roles

VIEWERS = (RoleKind.COMMITTEE, RoleKind.CELL_SECRETARY, RoleKind.ADMINISTRATOR)


def own_units(request: HttpRequest) -> list[Unit]:
    """The highest units that the person of the request sees; the roles are those that the guard has read."""
    if isinstance(request.user, Person) and request.user.is_superuser:
        return list(Unit.objects.filter(depth=1).order_by("path"))
    roles = [role for role in hold_roles(request) if role.kind in VIEWERS]
    units = sorted({role.unit.path: role.unit for role in roles}.values(), key=lambda unit: unit.path)
    return [
        unit for unit in units if not _covered(unit, [other for other in units if other.path != unit.path])
    ]


def sees(own: list[Unit], unit: Unit) -> bool:
    return _covered(unit, own)


def _covered(unit: Unit, above: list[Unit]) -> bool:
    return any(unit.path.startswith(other.path) for other in above)
