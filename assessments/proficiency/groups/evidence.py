"""What measuring sittings say about one skill, as arrays: likelihoods, audiences, units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from django.db.models import QuerySet

from assessments.proficiency.estimate_models import Band, SittingEstimate
from assessments.proficiency.groups.item_scale import on_scale_of
from assessments.proficiency.groups.measured import GRID, Evidence, Floats, Row
from assessments.psychometrics import score
from assessments.sittings.api import EvidenceClass, Parameter, Purpose, Response, arrays

_MEASURING = (Purpose.SCORED, Purpose.REFERENCE)
_CHUNK = 5000


def measuring(skill_id: int, up_to: int) -> QuerySet[SittingEstimate]:
    """Alone, scored, with answers; class B is activity, and D never has a person. Known when the run began."""
    return SittingEstimate.objects.filter(
        skill=skill_id,
        pk__lte=up_to,
        evidence_class=EvidenceClass.ALONE,
        sitting__purpose__in=_MEASURING,
        items__gt=0,
    ).order_by("pk")


def gather(estimates: QuerySet[SittingEstimate], skill_id: int, calibration_id: int) -> Evidence:
    """The counted answers of these sittings, judged on the scale of this calibration."""
    rows = [_row(values) for values in estimates.values_list(*_FIELDS).iterator(chunk_size=_CHUNK)]
    parameters = on_scale_of(calibration_id, {row.calibration_id for row in rows})
    chosen = estimates.order_by().values("sitting")
    return Evidence(rows, _likelihood(rows, _answers(chosen, skill_id), parameters))


_FIELDS = (
    "sitting_id",
    "person_id",
    "audience",
    "counted_unit_ids",
    "supervised",
    "critical_errors",
    "calibration_id",
    "person__birth_year",
    "at",
    "p_basic",
    "p_proficient",
)


def _row(values: tuple[Any, ...]) -> Row:
    sitting, person, audience, units, supervised, critical, calibration, born, at, basic, proficient = values
    return Row(
        sitting_id=sitting,
        person_id=person,
        audience=audience,
        unit_ids=tuple(units),
        supervised=supervised,
        critical_errors=critical,
        calibration_id=calibration,
        birth_year=born,
        year=at.year,
        day=f"{at:%F}",
        chance={Band.BASIC.value: basic, Band.PROFICIENT.value: proficient},
    )


def _answers(sittings: Any, skill_id: int) -> Iterable[tuple[int, int, bool]]:
    """Sitting, item, right or not; a later answer to the same item follows the earlier one."""
    rows = Response.objects.filter(
        sitting_item__sitting__in=sittings,
        sitting_item__scored=True,
        sitting_item__version__item__skill=skill_id,
    )
    fields = ("sitting_item__sitting_id", "sitting_item__version__item_id", "correct")
    return rows.order_by("pk").values_list(*fields).iterator(chunk_size=_CHUNK)


def _likelihood(
    rows: Sequence[Row], answers: Iterable[tuple[int, int, bool]], parameters: Mapping[int, Parameter]
) -> Floats:
    """The last answer counts; what was not answered is not wrong."""
    place = {row.sitting_id: number for number, row in enumerate(rows)}
    last = {(place[sitting], item): right for sitting, item, right in answers if item in parameters}
    items = sorted({item for _place, item in last})
    if not items:
        return np.zeros((len(rows), GRID.size))
    return score.log_likelihood(_sheet(len(rows), items, last), *_ordered(parameters, items))


def _ordered(parameters: Mapping[int, Parameter], items: Collection[int]) -> tuple[Floats, ...]:
    a, b, c = arrays(parameters, items)
    return a, b, GRID, c


def _sheet(rows: int, items: Sequence[int], last: Mapping[tuple[int, int], bool]) -> Floats:
    column = {item: number for number, item in enumerate(items)}
    sheet = np.full((rows, len(items)), np.nan)
    for (row, item), right in last.items():
        sheet[row, column[item]] = right
    return sheet
