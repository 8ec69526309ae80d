"""People with known abilities who sat a skill: rows in bulk, as the sittings room leaves them."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.utils import timezone

from assessments.items.api import Item, ItemVersion, Skill
from assessments.items.models import ItemState, Outcome
from assessments.proficiency.models import SittingEstimate
from assessments.psychometrics import irf, score
from assessments.sittings.api import (
    Blueprint,
    Calibration,
    ItemParameter,
    Purpose,
    Response,
    Sitting,
    SittingItem,
)
from assessments.sittings.models import RunState
from lms.accounts.api import Person
from lms.organisations.api import Membership, Unit, with_ancestors

_serial = itertools.count()


class Bank:
    """Items of one skill with their calibration in force."""

    def __init__(self, skill: Skill, items: int = 12, seed: int = 3) -> None:
        rng = np.random.default_rng(seed)
        self.skill, self.a, self.b = skill, rng.uniform(0.9, 2.0, items), rng.normal(size=items)
        outcome = Outcome.objects.create(skill=skill, code=f"{skill.code.upper()}-1", text="làm được")
        self.calibration = Calibration.objects.create(
            skill=skill, number=1, model="2pl", state=RunState.IN_FORCE
        )
        Item.objects.bulk_create(
            Item(code=f"{skill.code}-{n}", kind="choice", outcome=outcome, skill=skill, title=f"Câu {n}",
                 state=ItemState.LIVE)
            for n in range(items)
        )  # fmt: skip
        self.items = list(Item.objects.filter(skill=skill).order_by("pk"))
        ItemVersion.objects.bulk_create(ItemVersion(item=item, number=1, content={}) for item in self.items)
        self.versions = list(ItemVersion.objects.filter(item__skill=skill).order_by("item"))
        ItemParameter.objects.bulk_create(
            ItemParameter(calibration=self.calibration, item=item, a=a, b=b, status="calibrated")
            for item, a, b in zip(self.items, self.a, self.b, strict=True)
        )
        self.blueprint = Blueprint.objects.create(
            slug=f"do-{skill.code}", title="Bài đo", purpose=Purpose.SCORED,
            parts=[{"skill": skill.code, "count": items}],
        )  # fmt: skip


def people_in(unit: Unit, number: int, audience: str = "citizen", born: int = 1980) -> list[Person]:
    start = next(_serial) * 1_000_000
    people = [
        Person(username=f"do-{start + n}", full_name=f"Người {n}", audience=audience, birth_year=born)
        for n in range(number)
    ]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(Membership(person=person, unit=unit) for person in people)
    return people


def measure(
    bank: Bank, unit: Unit, people: Sequence[Person], theta: Any, rng: np.random.Generator, **fields: Any
) -> list[Sitting]:
    """One finished sitting each; ``fields`` go to the estimate (first, supervised, evidence_class, critical_errors)."""
    right = rng.random((len(people), len(bank.items))) < irf.probability(np.asarray(theta), bank.a, bank.b)
    purpose = fields.pop("purpose", Purpose.SCORED)
    at = timezone.now() + dt.timedelta(days=fields.pop("after_days", 0))
    supervised = fields.get("supervised", False)
    sittings = Sitting.objects.bulk_create(
        [
            Sitting(start_uuid=uuid.uuid4(), person=person, blueprint=bank.blueprint, frozen={}, purpose=purpose,
                    seed=1, audience=person.audience, unit_ids=[unit.pk], finished_at=at, supervised=supervised)
            for person in people
        ],
        batch_size=500,
    )  # fmt: skip
    places = SittingItem.objects.bulk_create(
        [
            SittingItem(sitting=sitting, position=position, version=version, seed=1)
            for sitting in sittings
            for position, version in enumerate(bank.versions)
        ],
        batch_size=500,
    )
    Response.objects.bulk_create(
        [
            Response(uuid=uuid.uuid4(), sitting_item=place, answer={}, points=float(correct), max_points=1.0,
                     correct=bool(correct))
            for place, correct in zip(places, right.ravel(), strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    _save_estimates(bank, unit, sittings, right, {"at": at, **fields})
    return sittings


def _save_estimates(
    bank: Bank, unit: Unit, sittings: Sequence[Sitting], right: np.ndarray, fields: dict[str, Any]
) -> None:
    found, error = score.eap(right.astype(float), bank.a, bank.b)
    usual = {"first": True, "supervised": False, "evidence_class": "A", "p_basic": 0.5, "p_proficient": 0.5,
             "band": "none", "provisional": False}  # fmt: skip
    counted = with_ancestors([unit.pk])
    SittingEstimate.objects.bulk_create(
        [
            SittingEstimate(
                **{**usual, **fields}, sitting=sitting, person=sitting.person, skill=bank.skill, theta=theta, se=se,
                items=len(bank.items), calibration=bank.calibration, audience=sitting.audience,
                unit_ids=[unit.pk], counted_unit_ids=counted,
            )
            for sitting, theta, se in zip(sittings, found, error, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
