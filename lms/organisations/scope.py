"""Who may see and do what, where. Every list of people or units goes through here."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from lms.accounts.api import Person, missing_step
from lms.organisations.held_roles import held_roles, hold_roles
from lms.organisations.models import Membership, Role, RoleKind, Unit

_Arguments = ParamSpec("_Arguments")
View = Callable[Concatenate[HttpRequest, _Arguments], HttpResponseBase]

ROLES_WITH_SECOND_FACTOR = (
    RoleKind.EDITOR,
    RoleKind.HR_OFFICER,
    RoleKind.COMMITTEE,
    RoleKind.ADMINISTRATOR,
)


def leaf_unit_ids(person: Person) -> list[int]:
    """Units of the person's current memberships."""
    return list(Membership.objects.current().filter(person=person).values_list("unit_id", flat=True))


def with_ancestors(unit_ids: Iterable[int]) -> list[int]:
    """These units and everything above them, in one query."""
    below = Unit.objects.filter(pk__in=list(unit_ids), path__startswith=OuterRef("path"))
    return list(Unit.objects.filter(Exists(below)).order_by("path").values_list("pk", flat=True))


def current_roles(person: Person, *kinds: str) -> list[Role]:
    """Roles valid today, with their units; of these kinds, or of any when none is named."""
    roles = Role.objects.current().filter(person=person).select_related("unit")
    return list(roles.filter(kind__in=kinds) if kinds else roles)


def has_role(person: Any, *kinds: str) -> bool:
    """Superusers hold every role; anonymous visitors none."""
    if not isinstance(person, Person):
        return False
    if person.is_superuser:
        return True
    return Role.objects.current().filter(person=person, kind__in=kinds).exists()


def units_visible_to(person: Any, *kinds: str) -> QuerySet[Unit]:
    """Units of the person's roles of these kinds and everything below them; all for superusers."""
    if not isinstance(person, Person):
        return Unit.objects.none()
    if person.is_superuser:
        return Unit.objects.order_by("path")
    return Unit.objects.filter(_below(current_roles(person, *kinds), "path")).order_by("path")


def people_visible_to(person: Any, *kinds: str) -> QuerySet[Person]:
    """People with a current membership in a unit that these roles cover; nobody who was erased."""
    people = Person.objects.filter(erased_at__isnull=True)
    if not isinstance(person, Person):
        return people.none()
    if person.is_superuser:
        return people
    covered = _below(current_roles(person, *kinds), "unit__path")
    memberships = Membership.objects.current().filter(covered, person=OuterRef("pk"))
    return people.filter(Exists(memberships))


def needs_second_factor_by_role(person: Person) -> bool:
    held = held_roles(person)
    if held is not None:
        return any(role.kind in ROLES_WITH_SECOND_FACTOR for role in held)
    return Role.objects.current().filter(person=person, kind__in=ROLES_WITH_SECOND_FACTOR).exists()


def request_has_role(request: HttpRequest, *kinds: str) -> bool:
    """``has_role`` for the person of a request; all its askers share one query."""
    person = request.user
    if isinstance(person, Person) and person.is_superuser:
        return True
    return any(role.kind in kinds for role in hold_roles(request))


def role_required(*kinds: str) -> Callable[[View[_Arguments]], View[_Arguments]]:
    """Anonymous: to sign-in; without second factor: to its set-up; without such a role: 403."""

    def decorate(view: View[_Arguments]) -> View[_Arguments]:
        @functools.wraps(view)
        def guarded(
            request: HttpRequest, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request_has_role(request, *kinds):
                raise PermissionDenied
            step = missing_step(request)
            if step is not None:
                return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _below(roles: Iterable[Role], path_field: str) -> Q:
    """Everything at or under the units of these roles; nothing when there are none."""
    covered = Q(pk__in=[])
    for role in roles:
        covered |= Q(**{f"{path_field}__startswith": role.unit.path})
    return covered
