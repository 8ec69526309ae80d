"""The people of a unit and below, found by name or staff number. Whoever is not among them does not exist here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from assessments.certificates.staff_checks.birth import Birth
from lms import vietnamese
from lms.accounts.api import Person
from lms.organisations.api import Membership, Unit


class StaffMember(NamedTuple):
    pk: int
    full_name: str
    folded_name: str
    birth: Birth | None


def staff_of(unit: Unit) -> QuerySet[Person]:
    """People with a current membership here or below; nobody who was erased."""
    memberships = Membership.objects.current().filter(person=OuterRef("pk"), unit__path__startswith=unit.path)
    return Person.objects.filter(Exists(memberships), erased_at__isnull=True)


def staff_by_name(unit: Unit, folded_names: Iterable[str]) -> dict[str, list[StaffMember]]:
    found = defaultdict(list)
    for member in _members(staff_of(unit).filter(folded_name__in=set(folded_names))):
        found[member.folded_name].append(member)
    return found


def staff_by_number(unit: Unit, numbers: Iterable[str]) -> dict[str, list[StaffMember]]:
    """Keys are ``number_key``; upper and lower case of a number are the same."""
    wanted = {spelling for number in numbers for spelling in (number, number.upper(), number.lower())}
    wanted.discard("")
    if not wanted:
        return {}
    memberships = (
        Membership.objects.current()
        .filter(staff_number__in=wanted, unit__path__startswith=unit.path, person__erased_at__isnull=True)
        .values_list("staff_number", "person_id")
    )
    pairs = {(number_key(number), person) for number, person in memberships}
    people = {
        member.pk: member for member in _members(Person.objects.filter(pk__in={pk for _key, pk in pairs}))
    }
    found = defaultdict(list)
    for key, pk in sorted(pairs):
        found[key].append(people[pk])
    return found


def staff_by_id(unit: Unit, ids: Iterable[int]) -> dict[int, StaffMember]:
    """Those of these people who belong to the unit."""
    return {member.pk: member for member in _members(staff_of(unit).filter(pk__in=set(ids)))}


def number_key(number: str) -> str:
    return vietnamese.normal(number).upper()


def _members(people: QuerySet[Person]) -> list[StaffMember]:
    fields = people.order_by("pk").values_list("pk", "full_name", "folded_name", "birth_date", "birth_year")
    members = []
    for pk, full_name, folded_name, date, year in fields:
        known = Birth(date.year, date) if date else Birth(year) if year else None
        members.append(StaffMember(pk, full_name, folded_name, known))
    return members
