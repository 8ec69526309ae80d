"""The invented people as the residents of their communes, and reference samples drawn among them."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.db.models import Q
from django.utils import timezone

from assessments.items.api import Skill
from assessments.proficiency.groups.draw_sample import Wish, draw_sample
from assessments.proficiency.groups.models import (
    AgeBand,
    PopulationCell,
    ReferenceMember,
    ReferenceSample,
    Reply,
)
from assessments.proficiency.groups.residents import age_band
from assessments.proficiency.simulated_people import Invented
from assessments.sittings.api import Sitting
from lms.organisations.api import COMMUNE_LEVEL, Unit, UnitKind

_SOURCE = "simulate"
_TRAITS = tuple(product(AgeBand.values, ("female", "male"), ("kinh", "minority")))
_COMES = 0.8  # of those drawn
_BATCH = 500
_Key = tuple[int, str, str, str]


def save_residents(people: Sequence[Invented]) -> None:
    """Every commune has cells, because a figure for the province needs all; cells from elsewhere stay as they are."""
    today = timezone.localdate()
    counts: Counter[_Key] = Counter()
    for one in people:
        band = age_band(one.person.birth_year, today.year)
        counts[one.commune.pk, band, one.sex, one.ethnicity_group] += 1
    mine = {_key(cell): cell for cell in PopulationCell.objects.filter(source=_SOURCE)}
    foreign = set(PopulationCell.objects.filter(~Q(source=_SOURCE)).values_list("unit", flat=True))
    for key, cell in mine.items():
        cell.people += counts[key]
    PopulationCell.objects.bulk_update(mine.values(), ["people"], batch_size=_BATCH)
    communes = (
        Unit.objects.filter(kind__in=COMMUNE_LEVEL).exclude(pk__in=foreign).values_list("pk", flat=True)
    )
    PopulationCell.objects.bulk_create(
        [
            PopulationCell(
                unit_id=unit,
                age_band=band,
                sex=sex,
                ethnicity_group=group,
                people=counts[unit, band, sex, group],
                source=_SOURCE,
                as_of=today,
            )
            for unit, (band, sex, group) in product(communes, _TRAITS)
            if (unit, band, sex, group) not in mine
        ],
        batch_size=_BATCH,
    )


def _key(cell: PopulationCell) -> _Key:
    return cell.unit_id, cell.age_band, cell.sex, cell.ethnicity_group


@dataclass(frozen=True)
class Drawn:
    """A sample of one skill, and who of it came, by place in the list of people."""

    sample: ReferenceSample
    came: frozenset[int]


def draw_reference(skill: Skill, people: Sequence[Invented], size: int, rng: random.Random) -> Drawn:
    """Drawn as a committee draws: everybody has the same chance, and ability plays no part in who comes."""
    top = Unit.objects.get(kind=UnitKind.PROVINCE, depth=1)
    seed = rng.getrandbits(31)
    known = uuid.UUID(int=rng.getrandbits(128), version=4)
    sample = draw_sample(Wish(f"{_SOURCE} {seed}", top, skill, size, seed, known))
    places = {one.person.pk: place for place, one in enumerate(people)}
    drawn = sample.members.order_by("person").values_list("person", flat=True)
    came = (places[person] for person in drawn if person in places and rng.random() < _COMES)
    return Drawn(sample, frozenset(came))


def save_replies(drawn: Drawn, sittings: Mapping[int, Sitting]) -> None:
    """``sittings`` of the sample by person; who did not come declined."""
    members = list(drawn.sample.members.all())
    for member in members:
        member.sitting = sittings.get(member.person_id or 0)
        member.state = Reply.RESPONDED if member.sitting else Reply.REFUSED
    ReferenceMember.objects.bulk_update(members, ["sitting", "state"], batch_size=_BATCH)
