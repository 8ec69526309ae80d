"""Record that a person reached a milestone: once, with the units and the audience of that moment."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from assessments.items.api import Skill
from assessments.proficiency.add_people import Cell, add_people
from assessments.proficiency.models import Milestone, Reached
from lms.accounts.api import Person
from lms.organisations.api import Unit, UnitKind, leaf_unit_ids, with_ancestors


@dataclass(frozen=True)
class Place:
    """Where and as whom something was reached."""

    audience: str
    unit_ids: Sequence[int]
    counted_unit_ids: Sequence[int]
    sitting_id: int | None = None
    at: dt.datetime = field(default_factory=timezone.now)


def reach(person: Person, skill_code: str, milestone: str) -> bool:
    """True when this was the first time; an unknown skill is a programmer's error and raises."""
    skill = Skill.objects.get(code=skill_code)
    unit_ids = leaf_unit_ids(person)
    place = Place(person.audience, unit_ids, counted_units(unit_ids))
    with transaction.atomic():
        new = record(person.pk, [(skill.pk, Milestone(milestone))], place)
        count(new)
    return bool(new)


def record(person_id: int, reached: Iterable[tuple[int, Milestone]], place: Place) -> list[Reached]:
    """The rows that are new; must stand in a transaction. Insert first, ask later: two at once cannot both win."""
    rows = [
        Reached(
            person_id=person_id,
            skill_id=skill_id,
            milestone=milestone,
            audience=place.audience,
            unit_ids=list(place.unit_ids),
            counted_unit_ids=list(place.counted_unit_ids),
            sitting_id=place.sitting_id,
            at=place.at,
        )
        for skill_id, milestone in sorted(reached)
    ]
    Reached.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Reached.objects.filter(uuid__in=[row.uuid for row in rows]))


def count(rows: Iterable[Reached]) -> None:
    """Add new rows to the roll-ups of their units and everything above them."""
    add_people(
        Counter(
            Cell(unit_id, row.skill_id, row.audience, row.milestone)
            for row in rows
            for unit_id in row.counted_unit_ids
        )
    )


def counted_units(unit_ids: Sequence[int]) -> list[int]:
    """Each unit once, even for a person of two hamlets. Who belongs to no unit counts for the province."""
    if unit_ids:
        return with_ancestors(unit_ids)
    return list(Unit.objects.filter(kind=UnitKind.PROVINCE, depth=1).values_list("pk", flat=True))
