"""Add how a hall took part to the roll-ups of its units: once, however often it is told."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from assessments.proficiency.models import HallMix, HallPart
from assessments.psychometrics.publish import LEAST_SHOWN
from lms.organisations.api import with_ancestors

NUMBERS = (
    "present",
    "alone",
    "alone_answers",
    "assisted",
    "assisted_answers",
    "by_hand",
    "by_hand_answers",
)
Key = tuple[int, int]


@dataclass
class HallCounts:
    """What one gathering says of one skill."""

    present: int
    alone: int = 0
    alone_answers: int = 0
    assisted: int = 0
    assisted_answers: int = 0
    by_hand: int = 0
    by_hand_answers: int = 0


@transaction.atomic(savepoint=False)
def record_hall_parts(gathering_uuid: uuid.UUID, unit_id: int, told: Mapping[int, HallCounts]) -> None:
    """``told`` by skill. The caller holds the gathering, so that no two tell of it at once."""
    kept = {part.skill_id: part for part in HallPart.objects.filter(gathering_uuid=gathering_uuid)}
    units = with_ancestors([unit_id])
    added: dict[Key, Counter[str]] = defaultdict(Counter)
    for skill_id, counts in told.items():
        part = kept.get(skill_id) or HallPart(
            gathering_uuid=gathering_uuid, skill_id=skill_id, counted_unit_ids=units
        )
        before = _counted(part) if part.pk else Counter()
        for name, number in asdict(counts).items():
            setattr(part, name, number)
        change = _counted(part)
        change.subtract(before)
        if part.pk and not any(change.values()):
            continue
        part.save()
        for unit in part.counted_unit_ids:
            added[unit, skill_id].update(change)
    _add(added)


def expected_mix(parts: Iterable[HallPart]) -> dict[Key, Counter[str]]:
    """What the roll-ups must say."""
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for part in parts:
        for unit in part.counted_unit_ids:
            found[unit, part.skill_id].update(_counted(part))
    return found


def _counted(part: HallPart) -> Counter[str]:
    """A small hall enters no figure at any level: nothing can be computed back by subtraction."""
    if part.present < LEAST_SHOWN:
        return Counter()
    return Counter({"gatherings": 1} | {name: getattr(part, name) for name in NUMBERS})


def _add(added: Mapping[Key, Counter[str]]) -> None:
    changed = sorted(key for key, numbers in added.items() if any(numbers.values()))
    if not changed:
        return
    rows = [HallMix(unit_id=unit, skill_id=skill) for unit, skill in changed]
    HallMix.objects.bulk_create(rows, ignore_conflicts=True)
    held = _held(changed)
    for row in held:
        for name, number in added[row.unit_id, row.skill_id].items():
            setattr(row, name, getattr(row, name) + number)
        row.updated_at = timezone.now()
    HallMix.objects.bulk_update(held, ["gatherings", *NUMBERS, "updated_at"])


def _held(keys: Sequence[Key]) -> list[HallMix]:
    """Locked in one order, so that two halls never wait for each other in a ring."""
    units, skills = {unit for unit, _skill in keys}, {skill for _unit, skill in keys}
    rows = HallMix.objects.select_for_update().filter(unit_id__in=units, skill_id__in=skills).order_by("pk")
    return [row for row in rows if (row.unit_id, row.skill_id) in set(keys)]
