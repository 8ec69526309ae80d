"""The door of this room: units, memberships, roles, scoping."""

from __future__ import annotations

from lms.organisations.context import STAFF_CHECK_ROLES
from lms.organisations.demo_roles import assign_demo_roles
from lms.organisations.export_person import export_person
from lms.organisations.held_roles import hold_roles
from lms.organisations.load_units import load_units
from lms.organisations.models import (
    COMMUNE_LEVEL,
    FormerUnit,
    Membership,
    Role,
    RoleKind,
    Unit,
    UnitKind,
)
from lms.organisations.people_import.columns import heading_key
from lms.organisations.people_import.find_unit import UnitFinder
from lms.organisations.people_import.read_rows import MOST_BYTES, BadFile, read_rows
from lms.organisations.scope import (
    has_role,
    leaf_unit_ids,
    people_visible_to,
    request_has_role,
    role_required,
    units_visible_to,
    with_ancestors,
)

__all__ = [
    "COMMUNE_LEVEL",
    "MOST_BYTES",
    "STAFF_CHECK_ROLES",
    "BadFile",
    "FormerUnit",
    "Membership",
    "Role",
    "RoleKind",
    "Unit",
    "UnitFinder",
    "UnitKind",
    "assign_demo_roles",
    "export_person",
    "has_role",
    "heading_key",
    "hold_roles",
    "leaf_unit_ids",
    "load_units",
    "people_visible_to",
    "read_rows",
    "request_has_role",
    "role_required",
    "units_visible_to",
    "with_ancestors",
]
