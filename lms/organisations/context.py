"""What the navigation may show to the person of this request."""

from __future__ import annotations

from django.http import HttpRequest

from lms.organisations.held_roles import hold_roles
from lms.organisations.models import RoleKind

ROSTER_ROLES = (RoleKind.FACILITATOR, RoleKind.CELL_SECRETARY, RoleKind.ADMINISTRATOR)
FIGURE_ROLES = (RoleKind.COMMITTEE, RoleKind.CELL_SECRETARY, RoleKind.ADMINISTRATOR)
STAFF_CHECK_ROLES = (RoleKind.HR_OFFICER, RoleKind.ADMINISTRATOR)
ADMIN_ROLES = (RoleKind.EDITOR, RoleKind.ADMINISTRATOR)


def permissions(request: HttpRequest) -> dict[str, bool]:
    """Flags for the base template: no query for anonymous visitors and superusers, at most one for others."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    kinds = set(RoleKind.values) if person.is_superuser else {role.kind for role in hold_roles(request)}
    return {
        "nav_figures": _any(kinds, FIGURE_ROLES),
        "nav_roster": _any(kinds, ROSTER_ROLES),
        "nav_staff_check": _any(kinds, STAFF_CHECK_ROLES),
        "nav_admin": _any(kinds, ADMIN_ROLES),
    }


def _any(kinds: set[str], wanted: tuple[str, ...]) -> bool:
    return not kinds.isdisjoint(wanted)
