"""Keep that somebody looked: the agency of an officer, a stranger as a number, the holder not at all."""

from __future__ import annotations

from django.http import HttpRequest

from assessments.certificates.models import Certificate
from assessments.certificates.verifying.record_view import count_anonymous, record_view
from lms.accounts.api import Person
from lms.organisations.api import RoleKind, Unit, hold_roles


def officers_unit(request: HttpRequest) -> Unit | None:
    """The agency for which the signed-in person checks staff."""
    officers = (role for role in hold_roles(request) if role.kind == RoleKind.HR_OFFICER)
    return next((role.unit for role in officers), None)


def note_check(request: HttpRequest, certificate: Certificate, purpose: str) -> Unit | None:
    """The unit that is now on record; None for everybody else."""
    if request.method == "HEAD":
        return None
    person = request.user
    if not isinstance(person, Person):
        count_anonymous(certificate)
        return None
    unit = officers_unit(request)
    if unit is not None:
        record_view(certificate, unit, purpose, person)
    elif certificate.person_id != person.pk:
        count_anonymous(certificate)
    return unit
