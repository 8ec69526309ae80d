"""A bank of one skill and people of known ability who answered it: rows in bulk, as finished sittings leave them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.utils import timezone

from assessments.items.api import EXPERT_B, Item, ItemState, ItemVersion, Skill
from assessments.items.models import Outcome
from assessments.psychometrics import irf
from assessments.sittings.models import (
    Blueprint,
    ItemEvidence,
    Purpose,
    Response,
    Sitting,
    SittingItem,
)


class Bank:
    """True difficulties lie near what experts guess; the last item is a pilot."""

    def __init__(self, count: int = 14, seed: int = 3) -> None:
        rng = np.random.default_rng(seed)
        self.skill, _new = Skill.objects.get_or_create(code="vid", defaults={"name": "VNeID"})
        outcome, _new = Outcome.objects.get_or_create(
            code="VID-1", defaults={"skill": self.skill, "text": "làm được"}
        )
        self.items = [
            Item.objects.create(
                code=f"VID-{n:03d}",
                kind="number",
                outcome=outcome,
                skill=self.skill,
                title=f"Câu {n}",
                difficulty=n % 6 + 1,
                state=ItemState.PILOT if n == count - 1 else ItemState.LIVE,
            )
            for n in range(count)
        ]
        for item in self.items:
            item.current = ItemVersion.objects.create(
                item=item, number=1, content={"kind": "number", "verified_on": "2026-11-01"}
            )
            item.save()
        self.a = rng.uniform(0.8, 1.25, count)
        guess = np.array([EXPERT_B[item.difficulty] for item in self.items])
        self.b = guess + rng.normal(0, 0.3, count)
        self.b += (guess - self.b).mean()
        self.blueprint = Blueprint.objects.create(slug="do-vid", title="Bài đo")

    def answered_by(self, people: int, *, seed: int = 1, mean: float = 0.0, **fields: Any) -> list[Sitting]:
        """``right`` overrules what people answer: {place of the item: share right}."""
        rng = np.random.default_rng(seed)
        chance = irf.probability(rng.normal(mean, 1, people), self.a, self.b)
        for place, share in fields.pop("right", {}).items():
            chance[:, place] = share
        return self._save(rng.random(chance.shape) < chance, **fields)

    def _save(self, right: np.ndarray, **fields: Any) -> list[Sitting]:
        usual = {
            "blueprint": self.blueprint, "frozen": {}, "purpose": Purpose.SCORED, "seed": 1, "audience": "citizen",
            "by_skill": {"vid": {}}, "finished_at": timezone.now(), "item_evidence": ItemEvidence.MEASURED,
        }  # fmt: skip
        sittings = Sitting.objects.bulk_create(
            Sitting(start_uuid=uuid.uuid4(), **{**usual, **fields}) for _row in right
        )
        places = SittingItem.objects.bulk_create(
            [
                SittingItem(sitting=sitting, position=n, version=item.current, seed=1)
                for sitting in sittings
                for n, item in enumerate(self.items)
            ]
        )
        _answer(places, right.ravel().tolist())
        return sittings


def _answer(places: Sequence[SittingItem], correct: Sequence[bool]) -> None:
    Response.objects.bulk_create(
        Response(uuid=uuid.uuid4(), sitting_item=place, answer={}, points=one, max_points=1, correct=one)
        for place, one in zip(places, correct, strict=True)
    )
