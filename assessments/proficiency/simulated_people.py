"""Invented people in the units of the tree, with the abilities that the simulation knows and the site does not."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from lms import vietnamese
from lms.accounts.api import Audience, Person
from lms.organisations.api import COMMUNE_LEVEL, Membership, Unit, UnitKind

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "K'", "Hoàng", "Ka", "Bùi", "Đỗ", "Ngô", "Ha", "Dương")
_MIDDLE = ("Thị", "Văn", "Thanh", "Ngọc", "Minh", "Đức", "Hồng", "Quang")
_GIVEN = (
    "Hường",
    "Bình",
    "Lan",
    "Sơn",
    "Thúy",
    "Hòa",
    "Brẽm",
    "Đạt",
    "Mai",
    "Khang",
    "Yến",
    "Phước",
    "Lành",
    "Tú",
)
_AUDIENCES = (Audience.CITIZEN, Audience.CADRE, Audience.STUDENT, Audience.WORKER)
_SHARES = (0.55, 0.12, 0.15, 0.18)
_LEVELS = {Audience.CITIZEN: -0.2, Audience.CADRE: 0.6, Audience.STUDENT: 0.5, Audience.WORKER: 0.1}
_BORN = {
    Audience.CITIZEN: (1945, 2008),
    Audience.CADRE: (1966, 2003),
    Audience.STUDENT: (2004, 2010),
    Audience.WORKER: (1966, 2007),
}
_MINORITY_SHARE = 0.25
# Invented effects, so that a figure that ignores age would be wrong: per year of birth, of women, of minorities.
_PER_YEAR, _WOMEN, _MINORITY = 0.012, 0.05, -0.3
_FEWEST_COMMUNES = 4
_PEOPLE_PER_COMMUNE = 150
# Where people of an audience belong besides their home.
_SECOND_HOME: dict[str, str] = {
    Audience.CADRE: UnitKind.PARTY_CELL,
    Audience.STUDENT: UnitKind.SCHOOL,
    Audience.WORKER: UnitKind.ENTERPRISE,
}


@dataclass(frozen=True)
class Invented:
    """A person with the truth about them."""

    person: Person
    units: tuple[Unit, ...]
    commune: Unit
    sex: str
    ethnicity_group: str
    ability: float  # in general; abilities in skills scatter around it

    @property
    def unit_ids(self) -> list[int]:
        return [unit.pk for unit in self.units]


class CannotInvent(Exception):
    """The people of this seed are there already, or there is no unit for them."""


def invent_people(number: int, seed: int, rng: random.Random) -> list[Invented]:
    """Plans only; ``save_people`` writes them."""
    if Person.objects.filter(username__startswith=_username(seed, "")).exists():
        raise CannotInvent(f"people of seed {seed} exist already; take another seed")
    units = list(Unit.objects.order_by("path"))
    homes = _homes(units, max(_FEWEST_COMMUNES, number // _PEOPLE_PER_COMMUNE), rng)
    if not homes:
        raise CannotInvent("there are no communes yet; load the starter units first")
    level = {unit.pk: rng.gauss(0, 0.4) for unit in units if unit.kind in COMMUNE_LEVEL}
    return [_one(seed, place, rng, homes, units, level) for place in range(number)]


def _homes(units: Sequence[Unit], number: int, rng: random.Random) -> list[tuple[Unit, Unit]]:
    """Commune and home for so many communes, those with hamlets first; a campaign begins in a few places."""
    hamlets: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.kind == UnitKind.HAMLET:
            hamlets[unit.path[: -Unit.steplen]].append(unit)
    communes = [unit for unit in units if unit.kind in COMMUNE_LEVEL]
    rng.shuffle(communes)
    communes.sort(key=lambda commune: commune.path not in hamlets)
    return [
        (commune, home) for commune in communes[:number] for home in hamlets.get(commune.path, [commune] * 3)
    ]


def _one(
    seed: int,
    place: int,
    rng: random.Random,
    homes: Sequence[tuple[Unit, Unit]],
    units: Sequence[Unit],
    level: dict[int, float],
) -> Invented:
    commune, home = rng.choice(homes)
    audience = rng.choices(_AUDIENCES, _SHARES)[0]
    born = rng.randint(*_BORN[audience])
    sex, minority = rng.choice(("female", "male")), rng.random() < _MINORITY_SHARE
    name = vietnamese.normal(" ".join(rng.choice(part) for part in (_FAMILY, _MIDDLE, _GIVEN)))
    person = Person(
        uuid=uuid.UUID(int=rng.getrandbits(128), version=4),
        username=_username(seed, f"{place:06d}"),
        password=make_password(None),
        full_name=name,
        sort_name=vietnamese.sort_key(name),
        folded_name=vietnamese.folded(name),
        birth_year=born,
        audience=audience,
    )
    second = [unit for unit in units if unit.kind == _SECOND_HOME.get(audience)]
    belongs = (home, rng.choice(second)) if second and rng.random() < 0.5 else (home,)
    ability = rng.gauss(0, 0.8) + level[commune.pk] + _LEVELS[audience]
    ability += _PER_YEAR * (born - 1980) + _WOMEN * (sex == "female") + _MINORITY * minority
    return Invented(person, belongs, commune, sex, "minority" if minority else "kinh", ability)


def save_people(invented: Sequence[Invented]) -> None:
    Person.objects.bulk_create([one.person for one in invented], batch_size=500)
    memberships = [Membership(person=one.person, unit=unit) for one in invented for unit in one.units]
    Membership.objects.bulk_create(memberships, batch_size=500)


def _username(seed: int, ending: str) -> str:
    return f"gia-lap-{seed}-{ending}"
