"""Who needs a second factor, and what is still missing in a session.

Upper rooms say who else needs one (``require_second_factor_when``), because they know the roles.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from lms.accounts.models import Person

SESSION_KEY = "second_factor_set_up_for"
_checks: list[Callable[[Person], bool]] = []


def require_second_factor_when(check: Callable[[Person], bool]) -> None:
    """Called once per upper room when the site starts."""
    if check not in _checks:
        _checks.append(check)


def needs_second_factor(person: Person) -> bool:
    """Demo people are exempt, and exist on one machine only, so that the demonstration opens at once."""
    if person.is_demo and settings.EMBEDDED:
        return False
    return person.is_staff or person.is_superuser or any(check(person) for check in _checks)


def has_second_factor(person: Person) -> bool:
    return Authenticator.objects.filter(
        user=person, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ).exists()


def missing_step(request: HttpRequest) -> str | None:
    """The name of the page where this person must go first; None when nothing is missing."""
    person = request.user
    if not isinstance(person, Person) or not needs_second_factor(person):
        return None
    if not has_second_factor(person):
        return "mfa_index"
    return None if _used_in_session(request, person) else "mfa_reauthenticate"


def note_set_up(sender: object, request: HttpRequest, user: Person, **kwargs: object) -> None:
    """Setting up proves possession, so that the same session need not ask again."""
    request.session[SESSION_KEY] = user.pk


def _used_in_session(request: HttpRequest, person: Person) -> bool:
    if request.session.get(SESSION_KEY) == person.pk:
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, person))
