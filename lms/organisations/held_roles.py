"""The roles of the person of a request, read once: the guard, the second factor and the navigation ask the same."""

from __future__ import annotations

from django.http import HttpRequest

from lms.accounts.api import Person
from lms.organisations.models import Role

# Kept on the person object of the request, which lives no longer than the request.
_KEY = "held_roles"


def hold_roles(request: HttpRequest) -> list[Role]:
    """Roles valid today with their units; one query per request. None for anonymous visitors."""
    person = request.user
    if not isinstance(person, Person):
        return []
    roles = held_roles(person)
    if roles is None:
        roles = list(Role.objects.current().filter(person=person.pk).select_related("unit"))
        vars(person)[_KEY] = roles
    return roles


def held_roles(person: Person) -> list[Role] | None:
    """What this request has read already; None when it has not."""
    roles: list[Role] | None = vars(person).get(_KEY)
    return roles
