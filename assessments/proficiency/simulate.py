"""A synthetic population that learns and sits, in bulk: the same rows and roll-ups as if each had come alone.

Everything follows from the seed. Invented people are given no certificates.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments.items.api import Skill
from assessments.proficiency.add_people import Cell, add_people
from assessments.proficiency.finished_sitting import milestones_of, passed_skills
from assessments.proficiency.models import Milestone, Reached
from assessments.proficiency.reach import counted_units
from assessments.proficiency.simulated_learning import Learning, learn
from assessments.proficiency.simulated_people import Invented, invent_people, save_people
from assessments.proficiency.simulated_sittings import (
    Form,
    Planned,
    chance,
    forms_of,
    plan_sitting,
    save_sittings,
)
from assessments.sittings.api import Blueprint, Purpose

_TAKES_PART = 0.6
_FINISHES = 0.7
_SITS = 0.8
_TRIES_AGAIN = 0.4


@dataclass(frozen=True)
class Population:
    """Who was invented, and which assessments there are by skill."""

    people: Sequence[Invented]
    forms: dict[str, list[Form]]


@transaction.atomic
def simulate(people: int, seed: int, bias: float = 0.0) -> dict[str, Any]:
    """The truth that was used. With a bias, abler people volunteer more often."""
    rng = random.Random(seed)  # noqa: S311 - a simulation must repeat itself
    population = Population(invent_people(people, seed, rng), _forms(rng))
    save_people(population.people)
    volunteers = [one for one in population.people if rng.random() < _willing(one, bias)]
    chosen = {one.person.pk: _skills(population, rng) for one in volunteers}
    plans = [(pk, skill) for pk, skills in chosen.items() for skill in skills]
    learned = learn([Learning(pk, skill, rng.random() < _FINISHES) for pk, skill in plans])
    planned = _sittings(volunteers, chosen, population, rng)
    save_sittings(planned)
    _count(population.people, learned, planned)
    return _truth(population, volunteers, planned) | {"people": people, "seed": seed, "bias": bias}


def _willing(one: Invented, bias: float) -> float:
    return 1 / (1 + math.exp(-(math.log(_TAKES_PART / (1 - _TAKES_PART)) + bias * one.ability)))


def _forms(rng: random.Random) -> dict[str, list[Form]]:
    """Scored, open assessments of one skill each."""
    blueprints = Blueprint.objects.filter(purpose=Purpose.SCORED, open=True).order_by("slug")
    single = [one for one in blueprints if len(one.parts) == 1]
    found = {blueprint.parts[0]["skill"]: forms_of(blueprint, rng) for blueprint in single}
    return {skill: forms for skill, forms in found.items() if forms}


def _skills(population: Population, rng: random.Random) -> list[str]:
    """One or two, as people choose them."""
    return rng.sample(sorted(population.forms), k=min(len(population.forms), rng.choice((1, 1, 2))))


def _sittings(
    volunteers: Sequence[Invented], chosen: dict[int, list[str]], population: Population, rng: random.Random
) -> list[Planned]:
    planned = []
    for one in volunteers:
        for skill in chosen[one.person.pk]:
            if rng.random() < _SITS:
                planned += _attempts(one, population.forms[skill], rng)
    return planned


def _attempts(one: Invented, forms: Sequence[Form], rng: random.Random) -> list[Planned]:
    first = plan_sitting(one, rng.choice(forms), rng)
    if first.sitting.passed or rng.random() > _TRIES_AGAIN:
        return [first]
    return [first, plan_sitting(one, rng.choice(forms), rng, first.sitting.finished_at)]


def _count(people: Sequence[Invented], learned: Sequence[Learning], planned: Sequence[Planned]) -> None:
    """Milestones and roll-ups by the rules of single sittings, in order of time."""
    skills = dict(Skill.objects.values_list("code", "pk"))
    place = {one.person.pk: (one.person.audience, [unit.pk for unit in one.units]) for one in people}
    above: dict[tuple[int, ...], list[int]] = {}
    known: dict[int, set[tuple[str, Milestone]]] = defaultdict(set)
    rows: list[Reached] = []

    def add(person: int, code: str, milestone: Milestone, **fields: Any) -> None:
        audience, units = place[person]
        key = tuple(units)
        if key not in above:
            above[key] = counted_units(units)
        known[person].add((code, milestone))
        rows.append(
            Reached(
                person_id=person,
                skill_id=skills[code],
                milestone=milestone,
                audience=audience,
                unit_ids=units,
                counted_unit_ids=above[key],
                **fields,
            )
        )

    for one in learned:
        add(one.person_id, one.skill_code, Milestone.TOOK_PART)
        if one.finished:
            add(one.person_id, one.skill_code, Milestone.FINISHED)
    for plan in sorted(planned, key=lambda plan: str(plan.sitting.finished_at)):
        sitting = plan.sitting
        person = sitting.person_id or 0
        for code, milestone in milestones_of(sitting, known[person]):
            add(person, code, milestone, sitting=sitting, at=sitting.finished_at)
    Reached.objects.bulk_create(rows, batch_size=500)
    add_people(
        Counter(
            Cell(unit, row.skill_id, row.audience, row.milestone)
            for row in rows
            for unit in row.counted_unit_ids
        )
    )


def _truth(
    population: Population, volunteers: Sequence[Invented], planned: Sequence[Planned]
) -> dict[str, Any]:
    skills = {
        skill: {
            "share_able": _share_able(population.people, forms),
            "share_able_volunteers": _share_able(volunteers, forms),
            "sittings": sum(skill in plan.sitting.by_skill for plan in planned),
            "sittings_passed": sum(skill in passed_skills(plan.sitting) for plan in planned),
        }
        for skill, forms in population.forms.items()
    }
    return {"volunteers": len(volunteers), "sittings": len(planned), "skills": skills}


def _share_able(people: Sequence[Invented], forms: Sequence[Form]) -> float:
    """Who would earn the share to pass on average over all draws."""
    difficulties = [version.item.difficulty for form in forms for version, _answers in form.items]
    needed = float(forms[0].blueprint.pass_share)
    able = [
        one
        for one in people
        if sum(chance(one.ability, d) for d in difficulties) >= needed * len(difficulties)
    ]
    return round(len(able) / len(people), 4) if people else 0.0
