"""Sittings of simulated people, written in bulk; items are drawn, answers graded and abilities estimated by the rooms
that do so for real sittings."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assessments.items.api import EXPERT_B, ItemVersion, deliverable, draw, guess_rate
from assessments.proficiency.simulated_abilities import RealItem, real_items
from assessments.proficiency.simulated_answers import KNOWN_KINDS, Answers, Graded, answers_to
from assessments.proficiency.simulated_people import Invented
from assessments.sittings.api import (
    Blueprint,
    Counted,
    ItemEvidence,
    Parameter,
    Purpose,
    Response,
    Sitting,
    SittingItem,
    add_expert_parameters,
    count_items,
    cuts_of,
    estimate,
    parameters_of,
    skills_passed,
)

_FORMS = 20  # different draws per assessment; drawing anew for each person would only cost time
_DAYS = 60
_BATCH = 500


@dataclass(frozen=True)
class Form:
    """One draw of an assessment: versions with the answers to them and what is true of their items."""

    seed: int
    items: Sequence[tuple[ItemVersion, Answers, RealItem]]

    @property
    def item_ids(self) -> set[int]:
        return {version.item_id for version, _answers, _real in self.items}


@dataclass(frozen=True)
class SkillTest:
    """An assessment of one skill with its forms and the calibration in force."""

    blueprint: Blueprint
    skill: str
    forms: Sequence[Form]
    calibration: int
    parameters: Mapping[int, Parameter]


@dataclass(frozen=True)
class Planned:
    """A sitting with its rows, not yet written."""

    sitting: Sitting
    items: list[SittingItem]
    responses: list[Response]
    counted: list[Counted]
    form: Form


def tests_by_skill(rng: random.Random) -> dict[str, SkillTest]:
    """Scored, open assessments of one skill each, where the bank has items."""
    blueprints = Blueprint.objects.filter(purpose=Purpose.SCORED, open=True).order_by("slug")
    single = [one for one in blueprints if len(one.parts) == 1]
    found = [_test(blueprint, forms) for blueprint in single if (forms := _forms(blueprint, rng))]
    return {test.skill: test for test in found}


def _test(blueprint: Blueprint, forms: Sequence[Form]) -> SkillTest:
    skill = blueprint.parts[0]["skill"]
    calibration = add_expert_parameters(skill).pk
    return SkillTest(blueprint, skill, forms, calibration, parameters_of([calibration]))


def _forms(blueprint: Blueprint, rng: random.Random) -> list[Form]:
    skipped = set(deliverable().exclude(kind__in=KNOWN_KINDS).values_list("pk", flat=True))
    seeds = [rng.getrandbits(62) for _number in range(_FORMS)]
    drawn = [(seed, draw(blueprint.parts, seed, exclude_item_ids=skipped)) for seed in seeds]
    versions = {version.item_id: version for _seed, form in drawn for version in form}
    answers = {item: answers_to(version) for item, version in versions.items()}
    expected = {
        item: (EXPERT_B[version.item.difficulty], guess_rate(version.content))
        for item, version in sorted(versions.items())
    }
    real = real_items(expected, rng)
    return [
        Form(seed, [(version, answers[version.item_id], real[version.item_id]) for version in form])
        for seed, form in drawn
        if form
    ]


def plan_first(one: Invented, theta: float, test: SkillTest, rng: random.Random, reference: bool) -> Planned:
    """The person's first sitting in this skill; somebody drawn at random sits under supervision."""
    started = timezone.now() - dt.timedelta(days=_DAYS) + dt.timedelta(days=rng.uniform(0, _DAYS * 0.8))
    sitting = _sitting(one, test, started, rng)
    sitting.item_evidence = ItemEvidence.MEASURED
    if reference:
        sitting.purpose, sitting.supervised = Purpose.REFERENCE, True
        sitting.frozen["purpose"] = Purpose.REFERENCE
    return _answered(sitting, test, rng.choice(test.forms), theta, rng)


def plan_second(one: Invented, theta: float, test: SkillTest, rng: random.Random, first: Planned) -> Planned:
    """Some days later, with as few items of the first form as can be."""
    after = first.sitting.finished_at or first.sitting.started_at
    started = after + (timezone.now() - after) * rng.uniform(0.3, 0.9)
    offered = rng.sample(test.forms, k=min(5, len(test.forms)))
    form = min(offered, key=lambda form: len(form.item_ids & first.form.item_ids))
    return _answered(_sitting(one, test, started, rng), test, form, theta, rng)


def _sitting(one: Invented, test: SkillTest, started: dt.datetime, rng: random.Random) -> Sitting:
    return Sitting(
        uuid=_uuid(rng),
        start_uuid=_uuid(rng),
        finish_uuid=_uuid(rng),
        person=one.person,
        blueprint=test.blueprint,
        frozen=_frozen(test.blueprint),
        calibrations={test.skill: test.calibration},
        purpose=test.blueprint.purpose,
        unit_ids=one.unit_ids,
        audience=one.person.audience,
        started_at=started,
    )


def _frozen(blueprint: Blueprint) -> dict[str, Any]:
    return {
        "slug": blueprint.slug,
        "title": blueprint.title,
        "purpose": blueprint.purpose,
        "selection": "random",
        "parts": blueprint.parts,
        "pass_share": float(blueprint.pass_share),
        "cut_basic": blueprint.cut_basic,
        "cut_proficient": blueprint.cut_proficient,
        "tasks": False,
    }


def _answered(sitting: Sitting, test: SkillTest, form: Form, theta: float, rng: random.Random) -> Planned:
    sitting.seed = form.seed
    plan = Planned(sitting, [], [], [], form)
    for position, (version, answers, real) in enumerate(form.items, start=1):
        place = SittingItem(sitting=sitting, position=position, version=version, seed=rng.getrandbits(62))
        graded = answers.right if rng.random() < real.chance(theta) else answers.wrong
        response = _response(place, graded, sitting.started_at + dt.timedelta(seconds=40 * position), rng)
        plan.items.append(place)
        plan.responses.append(response)
        plan.counted.append(_counted(version, test.skill, response))
    _finish(plan, test)
    return plan


def _response(place: SittingItem, graded: Graded, at: dt.datetime, rng: random.Random) -> Response:
    return Response(
        uuid=_uuid(rng),
        sitting_item=place,
        answer=graded.answer,
        points=graded.verdict.points,
        max_points=graded.verdict.max_points,
        correct=graded.verdict.correct,
        critical=list(graded.verdict.critical),
        received_at=at,
        seconds=round(rng.uniform(8, 60), 1),
    )


def _counted(version: ItemVersion, skill: str, response: Response) -> Counted:
    return Counted(
        version.item_id, skill, response.correct, response.points, response.seconds, len(response.critical)
    )


def _finish(plan: Planned, test: SkillTest) -> None:
    """As the sittings room ends a sitting."""
    sitting = plan.sitting
    sitting.points = round(sum(one.points for one in plan.counted), 6)
    sitting.max_points = float(len(plan.counted))
    sitting.by_skill = {test.skill: {"points": sitting.points, "max": sitting.max_points}}
    sitting.estimates = {test.skill: estimate(plan.counted, test.parameters, cuts_of(sitting.frozen))}
    if sitting.purpose == Purpose.SCORED:
        sitting.passed = bool(skills_passed(sitting.frozen, sitting.by_skill, sitting.estimates))
    sitting.finished_at = sitting.started_at + dt.timedelta(minutes=8)


def save_sittings(planned: Sequence[Planned]) -> None:
    Sitting.objects.bulk_create([one.sitting for one in planned], batch_size=_BATCH)
    SittingItem.objects.bulk_create([item for one in planned for item in one.items], batch_size=_BATCH)
    Response.objects.bulk_create([given for one in planned for given in one.responses], batch_size=_BATCH)
    count_items([one.sitting for one in planned])


def _uuid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
