"""Who of the staff holds what, what is missing, what expires. A handful of queries for a unit of any size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.certificates.models import Achievement, Certificate
from assessments.certificates.staff_checks.results import BY_RESULT, SOON_DAYS, Meaning, Result
from assessments.certificates.staff_checks.staff_of_unit import staff_of
from assessments.items.api import Skill
from lms.accounts.api import Person
from lms.organisations.api import Membership, Unit


class Filter(NamedTuple):
    key: str
    label: str | Promise


EVERYBODY, MISSING, EXPIRING, EXPIRED = "", "con-thieu", "sap-het-han", "da-het-han"
FILTERS = (
    Filter(EVERYBODY, _("Everybody")),
    Filter(MISSING, _("Something missing")),
    Filter(EXPIRING, _("Something expires soon")),
    Filter(EXPIRED, _("Something expired")),
)


class Cell(NamedTuple):
    """The best that one person holds in one skill; nothing when ``meaning`` is None."""

    skill: Skill
    meaning: Meaning | None = None
    level: str = ""
    valid_until: dt.date | None = None


@dataclass(frozen=True)
class StaffLine:
    person: Person
    staff_number: str
    cells: list[Cell]


class SkillCounts(NamedTuple):
    """How many of the staff stand where in one skill; the four numbers add up to everybody."""

    skill: Skill
    firm: int
    expiring: int
    expired: int
    missing: int


class Question(NamedTuple):
    """``skill`` narrows what is missing, expires or expired to one skill code."""

    unit: Unit
    shown: str = EVERYBODY
    skill: str = ""


def skills_checked() -> list[Skill]:
    """Essential skills for which a certificate can be earned: what nobody can hold is not missing."""
    awarded = Achievement.objects.filter(skill=OuterRef("pk"), active=True)
    return list(Skill.objects.filter(Exists(awarded), essential=True).order_by("position", "pk"))


def staff_shown(question: Question, skills: Sequence[Skill]) -> QuerySet[Person]:
    """The people whom a filter leaves, in the order of Vietnamese lists."""
    people = staff_of(question.unit).order_by("sort_name", "pk")
    condition = _condition(question.shown, [skill for skill in skills if question.skill in ("", skill.code)])
    return people if condition is None else people.filter(condition)


def count_staff(unit: Unit, skills: Sequence[Skill], skill: str = "") -> dict[str, int]:
    """People behind every filter, in one query."""
    wanted = [one for one in skills if skill in ("", one.code)]
    conditions = {place: _condition(one.key, wanted) for place, one in enumerate(FILTERS)}
    counts = staff_of(unit).aggregate(
        **{f"n{place}": Count("pk", filter=condition) for place, condition in conditions.items()}
    )
    return {one.key: counts[f"n{place}"] for place, one in enumerate(FILTERS)}


def count_skills(unit: Unit, skills: Sequence[Skill], everybody: int) -> list[SkillCounts]:
    """One query: the last day that each person has in each skill, counted."""
    today = timezone.localdate()
    firm = Q(last__gt=today + timedelta(days=SOON_DAYS))
    conditions = {"firm": firm, "expiring": Q(last__gte=today) & ~firm, "expired": Q(last__lt=today)}
    last_days = (
        Certificate.objects.filter(
            person__in=staff_of(unit), superseded_by__isnull=True, revoked_at__isnull=True
        )
        .order_by()
        .values("person", "achievement__skill")
        .annotate(last=Max(Coalesce("valid_until", Value(dt.date.max))))
    )
    wanted = {
        f"{name}{skill.pk}": Count("person", filter=condition & Q(achievement__skill=skill.pk))
        for skill in skills
        for name, condition in conditions.items()
    }
    found = last_days.aggregate(**wanted) if wanted else {}
    counts = []
    for skill in skills:
        firm_ones, expiring, expired = (found[f"{name}{skill.pk}"] for name in conditions)
        missing = everybody - firm_ones - expiring - expired
        counts.append(SkillCounts(skill, firm_ones, expiring, expired, missing))
    return counts


def staff_lines(people: Sequence[Person], unit: Unit, skills: Sequence[Skill]) -> list[StaffLine]:
    """Two queries for a page of people."""
    today = timezone.localdate()
    held = Certificate.objects.filter(
        person__in=people, superseded_by__isnull=True, revoked_at__isnull=True
    ).values_list("person_id", "achievement__skill_id", "level", "valid_until")
    best: dict[tuple[int, int], tuple[str, dt.date | None]] = {}
    for person, skill, level, valid_until in held:
        key = (person or 0, skill)
        if key not in best or _last(valid_until) > _last(best[key][1]):
            best[key] = (level, valid_until)
    numbers = dict(
        Membership.objects.current()
        .filter(person__in=people, unit__path__startswith=unit.path)
        .exclude(staff_number="")
        .values_list("person_id", "staff_number")
    )
    return [
        StaffLine(
            person,
            numbers.get(person.pk, ""),
            [_cell(skill, best.get((person.pk, skill.pk)), today) for skill in skills],
        )
        for person in people
    ]


def _cell(skill: Skill, held: tuple[str, dt.date | None] | None, today: dt.date) -> Cell:
    if held is None:
        return Cell(skill)
    level, valid_until = held
    days = (_last(valid_until) - today).days
    result = Result.EXPIRED if days < 0 else Result.EXPIRING if days <= SOON_DAYS else Result.VALID
    return Cell(skill, BY_RESULT[result], level, valid_until)


def _last(valid_until: dt.date | None) -> dt.date:
    return valid_until or dt.date.max


def _condition(shown: str, skills: Sequence[Skill]) -> Q | None:
    if shown not in (MISSING, EXPIRING, EXPIRED):
        return None
    today = timezone.localdate()
    condition = Q(pk__in=[])
    for skill in skills:
        held = Certificate.objects.filter(
            person=OuterRef("pk"),
            achievement__skill=skill,
            superseded_by__isnull=True,
            revoked_at__isnull=True,
        )
        firm = held.filter(_lasts(today + timedelta(days=SOON_DAYS + 1)))
        in_force = held.filter(_lasts(today))
        if shown == MISSING:
            condition |= ~Q(Exists(in_force))
        elif shown == EXPIRING:
            condition |= Q(Exists(in_force)) & ~Q(Exists(firm))
        else:
            condition |= Q(Exists(held)) & ~Q(Exists(in_force))
    return condition


def _lasts(day: dt.date) -> Q:
    return Q(valid_until__gte=day) | Q(valid_until__isnull=True)
