"""Who may do what with H5P in the admin."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from lms.accounts.api import Person

INSTALL = "h5p.install_library"


def editor_of(request: HttpRequest) -> Person:
    """Raises ``PermissionDenied`` for everybody who may not change activities."""
    user = request.user
    if not (
        isinstance(user, Person)
        and user.has_perm("wagtailadmin.access_admin")
        and user.has_perm("h5p.change_activity")
    ):
        raise PermissionDenied
    return user


def installer_of(request: HttpRequest) -> Person:
    """Libraries are programs: an editor's right is not enough."""
    person = editor_of(request)
    if not person.has_perm(INSTALL):
        raise PermissionDenied
    return person
