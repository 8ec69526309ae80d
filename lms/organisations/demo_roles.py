"""Where the six demo people belong and what they may do."""

from __future__ import annotations

from lms.accounts.api import Person
from lms.organisations.models import Membership, Role, RoleKind, Unit

HAMLET = "xa-di-linh-thon-doi-thong"
CELL = "dang-bo-xa-di-linh-chi-bo-thon-doi-thong"
AGENCY = "trung-tam-khuyen-nong-doi-thong"
PROVINCE = "tinh-lam-dong"

_MEMBERSHIPS = {
    "hocvien": [HAMLET],
    "bithu": [CELL, HAMLET],
    "canbo": [AGENCY],
}
_ROLES = {
    "bientap": (RoleKind.EDITOR, PROVINCE),
    "bithu": (RoleKind.CELL_SECRETARY, CELL),
    "canbo": (RoleKind.HR_OFFICER, AGENCY),
    "lanhdao": (RoleKind.COMMITTEE, PROVINCE),
    "quantri": (RoleKind.ADMINISTRATOR, PROVINCE),
}


def assign_demo_roles(people: dict[str, Person]) -> None:
    """Needs ``load_units`` before; idempotent."""
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in=[HAMLET, CELL, AGENCY, PROVINCE])}
    for username, slugs in _MEMBERSHIPS.items():
        for slug in slugs:
            Membership.objects.get_or_create(person=people[username], unit=units[slug], valid_to=None)
    for username, (kind, slug) in _ROLES.items():
        Role.objects.get_or_create(person=people[username], unit=units[slug], kind=kind, valid_to=None)
