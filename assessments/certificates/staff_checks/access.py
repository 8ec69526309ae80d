"""Who may check staff, and for which of their units."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest

from lms.accounts.api import Person
from lms.organisations.api import STAFF_CHECK_ROLES, Unit, hold_roles, units_visible_to

UNIT_PARAMETER = "don-vi"


def officer_of(request: HttpRequest) -> Person:
    """For views behind ``role_required``."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def units_of(request: HttpRequest) -> list[Unit]:
    """The units of the officer's roles; the roots of the tree for a superuser without such a role."""
    roles = [role for role in hold_roles(request) if role.kind in STAFF_CHECK_ROLES]
    units = {role.unit_id: role.unit for role in roles}
    if units or not officer_of(request).is_superuser:
        return sorted(units.values(), key=lambda unit: unit.path)
    return list(Unit.objects.filter(depth=1).order_by("path"))


def chosen_unit(request: HttpRequest) -> Unit:
    """The unit that the address names, else the first; 404 for units of others."""
    units = units_of(request)
    named = request.GET.get(UNIT_PARAMETER, "")
    if not named:
        if not units:
            raise Http404
        return units[0]
    try:
        wanted = uuid.UUID(named)
    except ValueError:
        raise Http404 from None
    for unit in units:
        if unit.uuid == wanted:
            return unit
    below = units_visible_to(officer_of(request), *STAFF_CHECK_ROLES).filter(uuid=wanted).first()
    if below is None:
        raise Http404
    return below
