"""Add to the roll-ups, in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.proficiency.models import Aggregate


class Cell(NamedTuple):
    """One number of the roll-ups."""

    unit_id: int
    skill_id: int
    audience: str
    milestone: str


_BATCH = 500


@transaction.atomic(savepoint=False)
def add_people(added: Mapping[Cell, int]) -> None:
    """Rows are locked in one order, so that two transactions never wait for each other in a ring."""
    if not added:
        return
    rows = _locked(added)
    missing = sorted(set(added) - set(rows))
    if missing:
        # Another transaction may make the same row at this moment; then theirs is used.
        Aggregate.objects.bulk_create(
            [Aggregate(**cell._asdict()) for cell in missing], batch_size=_BATCH, ignore_conflicts=True
        )
        rows = _locked(added)
    by_amount: dict[int, list[int]] = defaultdict(list)
    for cell, amount in added.items():
        by_amount[amount].append(rows[cell])
    for amount, keys in sorted(by_amount.items()):
        for start in range(0, len(keys), _BATCH):
            Aggregate.objects.filter(pk__in=keys[start : start + _BATCH]).update(
                people=F("people") + amount, updated_at=timezone.now()
            )


def _locked(cells: Iterable[Cell]) -> dict[Cell, int]:
    """Primary keys of the rows that exist; a few rows more than asked for may be locked."""
    wanted = set(cells)
    rows = (
        Aggregate.objects.select_for_update()
        .filter(
            unit_id__in={cell.unit_id for cell in wanted},
            skill_id__in={cell.skill_id for cell in wanted},
            audience__in={cell.audience for cell in wanted},
            milestone__in={cell.milestone for cell in wanted},
        )
        .order_by("pk")
        .values_list("pk", "unit_id", "skill_id", "audience", "milestone")
    )
    found = {Cell(unit, skill, audience, milestone): pk for pk, unit, skill, audience, milestone in rows}
    return {cell: pk for cell, pk in found.items() if cell in wanted}
