"""Sittings of simulated people, written in bulk; items are drawn and answers graded by the rooms that own them."""

from __future__ import annotations

import datetime as dt
import math
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from assessments.items.api import ItemVersion, deliverable, draw
from assessments.proficiency.simulated_answers import KNOWN_KINDS, Answers, Graded, answers_to
from assessments.proficiency.simulated_people import Invented
from assessments.sittings.api import Blueprint, ItemEvidence, Response, Sitting, count_items
from assessments.sittings.models import SittingItem

_FORMS = 20  # different draws per assessment; drawing anew for each person would only cost time
_GUESS = 0.2
_DAYS = 60
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Form:
    """One draw of an assessment, with the answers to its items."""

    blueprint: Blueprint
    seed: int
    items: Sequence[tuple[ItemVersion, Answers]]


@dataclass(frozen=True)
class Planned:
    """A sitting with its rows, not yet written."""

    sitting: Sitting
    items: list[SittingItem]
    responses: list[Response]


def forms_of(blueprint: Blueprint, rng: random.Random) -> list[Form]:
    """Empty when the bank has no items for this assessment."""
    cache: dict[int, Answers] = {}
    forms = []
    skipped = set(deliverable().exclude(kind__in=KNOWN_KINDS).values_list("pk", flat=True))
    for _number in range(_FORMS):
        seed = rng.getrandbits(62)
        versions = draw(blueprint.parts, seed, exclude_item_ids=skipped)
        for version in versions:
            cache.setdefault(version.pk, answers_to(version))
        forms.append(Form(blueprint, seed, [(version, cache[version.pk]) for version in versions]))
    return [form for form in forms if form.items]


def chance(ability: float, difficulty: int) -> float:
    """Of a right answer; the guess of difficulty 1 to 6 stands for the item's true difficulty."""
    return _GUESS + (1 - _GUESS) / (1 + math.exp(-1.3 * (ability - 0.6 * (difficulty - 3.5))))


def plan_sitting(one: Invented, form: Form, rng: random.Random, after: dt.datetime | None = None) -> Planned:
    """The person answers each item by their ability; a second attempt comes some days after the first."""
    earliest = timezone.now() - dt.timedelta(days=_DAYS)
    if after is not None:
        started = after + (timezone.now() - after) * rng.uniform(0.3, 0.9)
    else:
        started = earliest + dt.timedelta(days=rng.uniform(0, _DAYS * 0.8))
    sitting = _sitting(one, form, started, rng)
    sitting.item_evidence = ItemEvidence.NONE if after else ItemEvidence.MEASURED
    items: list[SittingItem] = []
    responses: list[Response] = []
    by_skill: dict[str, dict[str, float]] = {}
    for position, (version, answers) in enumerate(form.items, start=1):
        place = SittingItem(sitting=sitting, position=position, version=version, seed=rng.getrandbits(62))
        items.append(place)
        right = rng.random() < chance(one.ability, version.item.difficulty)
        graded = answers.right if right else answers.wrong
        part = by_skill.setdefault(version.item.skill.code, {"points": 0.0, "max": 0.0})
        part["max"] += 1.0
        part["points"] = round(part["points"] + graded.verdict.points, 6)
        responses.append(_response(place, graded, started + dt.timedelta(seconds=40 * position), rng))
    _finish(sitting, by_skill, len(form.items))
    return Planned(sitting, items, responses)


def _sitting(one: Invented, form: Form, started: dt.datetime, rng: random.Random) -> Sitting:
    blueprint = form.blueprint
    return Sitting(
        uuid=_uuid(rng),
        start_uuid=_uuid(rng),
        finish_uuid=_uuid(rng),
        person=one.person,
        blueprint=blueprint,
        frozen={
            "slug": blueprint.slug,
            "title": blueprint.title,
            "purpose": blueprint.purpose,
            "selection": blueprint.selection,
            "parts": blueprint.parts,
            "pass_share": float(blueprint.pass_share),
        },
        purpose=blueprint.purpose,
        seed=form.seed,
        unit_ids=[unit.pk for unit in one.units],
        audience=one.person.audience,
        started_at=started,
    )


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


def _finish(sitting: Sitting, by_skill: dict[str, dict[str, float]], items: int) -> None:
    sitting.by_skill = by_skill
    sitting.points = round(sum(part["points"] for part in by_skill.values()), 6)
    sitting.max_points = float(items)
    sitting.passed = sitting.points >= sitting.frozen["pass_share"] * sitting.max_points - _TOLERANCE
    sitting.finished_at = sitting.started_at + dt.timedelta(minutes=8)


def save_sittings(planned: Sequence[Planned]) -> None:
    Sitting.objects.bulk_create([one.sitting for one in planned], batch_size=500)
    SittingItem.objects.bulk_create([item for one in planned for item in one.items], batch_size=500)
    Response.objects.bulk_create([response for one in planned for response in one.responses], batch_size=500)
    count_items([one.sitting for one in planned])


def _uuid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
