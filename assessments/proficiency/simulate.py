"""A synthetic population that learns and sits, in bulk: the same rows and roll-ups as if each had come alone.

Everything follows from the seed. Invented people are given no certificates.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from assessments.items.api import Skill
from assessments.proficiency.add_people import Cell, add_people
from assessments.proficiency.finished_sitting import milestones_of, passed_skills
from assessments.proficiency.groups.cuts import cuts_by_skill
from assessments.proficiency.models import Milestone, Reached
from assessments.proficiency.reach import counted_units
from assessments.proficiency.simulated_abilities import Floats, abilities
from assessments.proficiency.simulated_estimates import save_estimates
from assessments.proficiency.simulated_learning import Learning, learn
from assessments.proficiency.simulated_people import Invented, invent_people, save_people
from assessments.proficiency.simulated_residents import Drawn, draw_reference, save_replies, save_residents
from assessments.proficiency.simulated_sittings import (
    Planned,
    SkillTest,
    plan_first,
    plan_second,
    save_sittings,
    tests_by_skill,
)
from assessments.proficiency.simulated_truth import Units, true_items, true_shares
from lms.organisations.api import Unit

_TAKES_PART = 0.6
_FINISHES = 0.7
_SITS = 0.8
_TRIES_AGAIN = 0.4
_SKILLS_CHOSEN = (1, 2, 2)


@dataclass
class World:
    """Who was invented, what they can be asked, and who will be measured in what; people stand by their place."""

    people: Sequence[Invented]
    tests: Mapping[str, SkillTest]
    volunteers: dict[str, list[int]] = field(default_factory=dict)  # by skill: those who will sit
    drawn: dict[str, Drawn] = field(default_factory=dict)
    theta: dict[str, Floats] = field(default_factory=dict)

    def measured(self, skill: str) -> list[int]:
        came = self.drawn[skill].came if skill in self.drawn else frozenset()
        return sorted({*self.volunteers[skill], *came})


@transaction.atomic
def simulate(people: int, seed: int, bias: float = 0.0, reference: int = 0) -> dict[str, Any]:
    """The truth that was used. With a bias, abler people volunteer more often; ``reference`` people are drawn for
    each skill, whatever they can do."""
    rng = random.Random(seed)  # noqa: S311 - a simulation must repeat itself
    world = World(invent_people(people, seed, rng), tests_by_skill(rng))
    save_people(world.people)
    save_residents(world.people)
    chosen = _chosen(world, bias, rng)
    learned = learn(
        [
            Learning(world.people[place].person.pk, skill, rng.random() < _FINISHES)
            for place, skills in chosen.items()
            for skill in skills
        ]
    )
    _who_sits(world, chosen, reference, rng)
    general = [one.ability for one in world.people]
    world.theta = abilities(general, {skill: world.measured(skill) for skill in world.tests}, seed)
    planned = _sittings(world, rng)
    save_sittings(planned)
    above = _units_above(world.people)
    skills = dict(Skill.objects.values_list("code", "pk"))
    save_estimates(planned, world.tests, skills, above)
    _save_samples(world, planned)
    _count(_reached(world.people, learned, planned, skills, above))
    about = {"people": people, "seed": seed, "bias": bias, "reference": reference}
    return about | {"volunteers": len(chosen)} | _truth(world, planned, above)


def _chosen(world: World, bias: float, rng: random.Random) -> dict[int, list[str]]:
    """Volunteers by place, each with one or two skills."""
    skills = sorted(world.tests)
    return {
        place: rng.sample(skills, k=min(len(skills), rng.choice(_SKILLS_CHOSEN)))
        for place, one in enumerate(world.people)
        if rng.random() < _willing(one, bias)
    }


def _willing(one: Invented, bias: float) -> float:
    return 1 / (1 + math.exp(-(math.log(_TAKES_PART / (1 - _TAKES_PART)) + bias * one.ability)))


def _who_sits(world: World, chosen: Mapping[int, Sequence[str]], reference: int, rng: random.Random) -> None:
    world.volunteers = {skill: [] for skill in world.tests}
    for place, skills in chosen.items():
        for skill in skills:
            if rng.random() < _SITS:
                world.volunteers[skill].append(place)
    if reference:
        asked = Skill.objects.filter(code__in=world.tests).order_by("code")
        world.drawn = {one.code: draw_reference(one, world.people, reference, rng) for one in asked}


def _sittings(world: World, rng: random.Random) -> list[Planned]:
    """In order of time. Who was drawn sits for the sample first; volunteers may try again."""
    planned = []
    for skill, test in sorted(world.tests.items()):
        came = world.drawn[skill].came if skill in world.drawn else frozenset()
        for place in world.measured(skill):
            one, theta = world.people[place], float(world.theta[skill][place])
            first = plan_first(one, theta, test, rng, reference=place in came)
            planned.append(first)
            if place not in came and not first.sitting.passed and rng.random() < _TRIES_AGAIN:
                planned.append(plan_second(one, theta, test, rng, first))
    return sorted(planned, key=lambda plan: str(plan.sitting.finished_at))


def _units_above(people: Sequence[Invented]) -> Units:
    """For all units of each person, and for the home alone."""
    keys = {tuple(one.unit_ids) for one in people} | {tuple(one.unit_ids[:1]) for one in people}
    return {key: counted_units(key) for key in sorted(keys)}


def _save_samples(world: World, planned: Sequence[Planned]) -> None:
    for skill, drawn in world.drawn.items():
        sittings = {
            plan.sitting.person_id or 0: plan.sitting
            for plan in planned
            if plan.sitting.supervised and skill in plan.sitting.by_skill
        }
        save_replies(drawn, sittings)


def _reached(
    people: Sequence[Invented],
    learned: Sequence[Learning],
    planned: Sequence[Planned],
    skills: Mapping[str, int],
    above: Units,
) -> list[Reached]:
    """Milestones by the rules of single sittings, in order of time."""
    units = {one.person.pk: one.unit_ids for one in people}
    audience = {one.person.pk: one.person.audience for one in people}
    known: dict[int, set[tuple[str, Milestone]]] = defaultdict(set)
    rows: list[Reached] = []

    def add(person: int, code: str, milestone: Milestone, **fields: Any) -> None:
        known[person].add((code, milestone))
        rows.append(
            Reached(
                person_id=person,
                skill_id=skills[code],
                milestone=milestone,
                audience=audience[person],
                unit_ids=units[person],
                counted_unit_ids=above[tuple(units[person])],
                **fields,
            )
        )

    for one in learned:
        add(one.person_id, one.skill_code, Milestone.TOOK_PART)
        if one.finished:
            add(one.person_id, one.skill_code, Milestone.FINISHED)
    for plan in planned:
        person = plan.sitting.person_id or 0
        for code, milestone in milestones_of(plan.sitting, known[person]):
            add(person, code, milestone, sitting=plan.sitting, at=plan.sitting.finished_at)
    return rows


def _count(rows: Sequence[Reached]) -> None:
    Reached.objects.bulk_create(rows, batch_size=500)
    add_people(
        Counter(
            Cell(unit, row.skill_id, row.audience, row.milestone)
            for row in rows
            for unit in row.counted_unit_ids
        )
    )


def _truth(world: World, planned: Sequence[Planned], above: Units) -> dict[str, Any]:
    measured = {skill: world.measured(skill) for skill in world.tests}
    names = dict(Unit.objects.values_list("pk", "slug"))
    skills = {
        skill: {
            "measured": len(measured[skill]),
            "sittings": sum(skill in plan.sitting.by_skill for plan in planned),
            "sittings_passed": sum(skill in passed_skills(plan.sitting) for plan in planned),
        }
        for skill in world.tests
    }
    return {
        "sittings": len(planned),
        "skills": skills,
        "shares": true_shares(world.people, world.theta, measured, cuts_by_skill(), above, names),
        "items": true_items(world.tests),
    }
