"""The statistics of items: kept when a sitting ends, and recounted from raw rows by the nightly audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import QuerySet

from assessments.items.api import Answer, Answered, Sums, add_sums, every_sum, marks_of, measured, practised
from assessments.sittings.counted_answer import counts_first
from assessments.sittings.item_evidence import evidence_of
from assessments.sittings.models import ItemEvidence, Sitting, SittingItem


class _Row(NamedTuple):
    """A response, or an item without one."""

    sitting: int
    position: int
    purpose: str
    evidence: str
    version: int
    same_as: int | None
    skill: int
    answer: Answer | None
    points: float | None
    seconds: float | None
    critical: list[str] | None


_FIELDS = (
    "sitting_id", "position", "sitting__purpose", "sitting__item_evidence", "version_id", "version__same_as",
    "version__item__skill", "responses__answer", "responses__points", "responses__seconds", "responses__critical",
)  # fmt: skip


def count_finished(sitting: Sitting) -> None:
    """Stands in the transaction that ends the sitting, after its result is written."""
    sitting.item_evidence = evidence_of(sitting)
    if sitting.item_evidence:
        sitting.save(update_fields=["item_evidence"])
        count_items([sitting])


def count_items(sittings: Collection[Sitting]) -> None:
    """Finished sittings whose evidence is known. Each is counted once, because it ends once."""
    telling = [sitting.pk for sitting in sittings if sitting.item_evidence]
    if telling:
        add_sums(_tally(SittingItem.objects.filter(sitting__in=telling)))


def wrong_item_statistics() -> list[tuple[int, str, int, int]]:
    """(version, number, recounted, kept) wherever the two do not agree exactly."""
    recounted = _tally(SittingItem.objects.filter(sitting__finished_at__isnull=False))
    kept = every_sum()
    found = []
    for version in sorted(set(recounted) | set(kept)):
        expected, stored = recounted.get(version, Sums()).flat(), kept.get(version, Sums()).flat()
        for name in sorted(set(expected) | set(stored)):
            if expected.get(name, 0) != stored.get(name, 0):
                found.append((version, name, expected.get(name, 0), stored.get(name, 0)))
    return found


def _tally(items: QuerySet[SittingItem]) -> dict[int, Sums]:
    """By version that asks the question, from raw rows in one query."""
    sums: dict[int, Sums] = defaultdict(Sums)
    rows = (
        items.exclude(sitting__item_evidence=ItemEvidence.NONE)
        .order_by("sitting_id", "position", "responses__pk")
        .values_list(*_FIELDS)
        .iterator(chunk_size=2000)
    )
    for _sitting, of_sitting in groupby(map(_Row._make, rows), key=attrgetter("sitting")):
        for version, added in _of_sitting(of_sitting):
            sums[version].add(added)
    return dict(sums)


def _of_sitting(rows: Iterable[_Row]) -> Iterator[tuple[int, Sums]]:
    counted: dict[int, _Row] = {}
    for row in rows:
        if row.position not in counted or not counts_first(row.purpose):
            counted[row.position] = row
    of_skill: dict[int, list[float]] = defaultdict(list)
    for row in counted.values():
        of_skill[row.skill].append(row.points or 0.0)
    for row in counted.values():
        one = _answered(row, of_skill[row.skill])
        told = practised(one) if row.evidence == ItemEvidence.PRACTISED else measured(one)
        yield row.same_as or row.version, told


def _answered(row: _Row, of_skill: list[float]) -> Answered:
    """What was left out earns nothing in the rest, as in the result."""
    if row.points is None:
        return Answered(answered=False)
    others = len(of_skill) - 1
    return Answered(
        answered=True,
        points=row.points,
        rest=(sum(of_skill) - row.points) / others if others else None,
        seconds=row.seconds,
        marks=marks_of(row.answer or {}),
        critical=tuple(dict.fromkeys(map(str, row.critical or []))),
    )
