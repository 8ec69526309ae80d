"""What a run knows of its items before, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from assessments.items.api import EXPERT_B, Item, guess_rate
from assessments.sittings.calibration.fit_statistics import Fit
from assessments.sittings.calibration.models import Calibration, ItemParameter, ParameterStatus
from assessments.sittings.calibration.scale import Fitted, Known

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

PROVISIONAL_ANSWERS, CALIBRATED_ANSWERS = 200, 500
LEAST_ITEMS = 10
# An item that nearly all answer alike says nothing about its own difficulty.
_LEAST_OF_A_KIND = 5


@dataclass(frozen=True)
class Before:
    """answered: by place in the matrix of the run; columns: places of the items with enough answers."""

    questions: dict[int, int]
    answered: Integers
    columns: list[int]
    known: Known
    missing: str

    @classmethod
    def read(cls, run: Calibration, answered: Integers, right: Integers) -> Before:
        """Two queries."""
        items = {item.pk: item for item in _items(run.settings["items"])}
        former = Calibration.objects.get(pk=run.settings["former"])
        rows = {row.item_id: row for row in ItemParameter.objects.filter(calibration=former, item__in=items)}
        asked = former.settings.get("questions", {})
        questions = {pk: item.current.question_id for pk, item in items.items() if item.current is not None}
        columns = [
            place
            for place, pk in enumerate(run.settings["items"])
            if pk in questions and _tells(int(answered[place]), int(right[place]))
        ]
        fitted = [run.settings["items"][place] for place in columns]
        # A question that was rewritten since is a new one, whatever its code.
        same = {pk: rows[pk] for pk in fitted if pk in rows and asked.get(str(pk)) == questions[pk]}
        known = _known([items[pk] for pk in fitted], same, answered[columns] < CALIBRATED_ANSWERS)
        return cls(questions, answered, columns, known, _missing(columns, answered))


@dataclass(frozen=True)
class Found:
    """theta, mass: where the people stand on the scale in use."""

    before: Before
    fitted: Fitted
    fit: Fit
    differences: list[dict[str, dict[str, Any]]]
    theta: Floats
    mass: Floats
    people: int


def _items(pks: list[int]) -> list[Item]:
    return list(Item.objects.filter(pk__in=pks).select_related("current"))


def _tells(answered: int, right: int) -> bool:
    return answered >= PROVISIONAL_ANSWERS and min(right, answered - right) >= _LEAST_OF_A_KIND


def _known(items: list[Item], rows: dict[int, ItemParameter], few: npt.NDArray[np.bool_]) -> Known:
    counted = {pk: row for pk, row in rows.items() if row.status != ParameterStatus.EXPERT}
    return Known(
        a=np.array([counted[item.pk].a if item.pk in counted else 1.0 for item in items]),
        b=np.array(
            [counted[item.pk].b if item.pk in counted else EXPERT_B[item.difficulty] for item in items]
        ),
        c=np.array([guess_rate(item.current.content) if item.current else 0.0 for item in items]),
        expert=np.array([item.pk not in counted for item in items], dtype=np.bool_),
        few=few,
    )


def _missing(columns: list[int], answered: Integers) -> str:
    if len(columns) >= LEAST_ITEMS:
        return ""
    most = int(answered.max()) if answered.size else 0
    return _(
        "Too few answers: %(items)d items have %(answers)d answers or more, some right and some wrong;"
        " %(least)d are needed. The most answered item has %(most)d."
    ) % {"items": len(columns), "answers": PROVISIONAL_ANSWERS, "least": LEAST_ITEMS, "most": most}
