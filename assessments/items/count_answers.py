"""Keep the statistics of items: add to the sums in the caller's transaction, read them, compare with a recount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from django.db import transaction

from assessments.items.answer_sums import Sums
from assessments.items.models import ItemStatistics

_NAMES = [one.name for one in fields(Sums)]
_BATCH = 500


@transaction.atomic(savepoint=False)
def add_sums(added: Mapping[int, Sums]) -> None:
    """By version. Rows are locked in one order, so that two transactions never wait for each other in a ring."""
    added = {version: sums for version, sums in added.items() if sums.flat()}
    if not added:
        return
    rows = _locked(added)
    missing = sorted(set(added) - set(rows))
    if missing:
        # Another transaction may make the same row at this moment; then theirs is used.
        new = [ItemStatistics(version_id=version) for version in missing]
        ItemStatistics.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
        rows = _locked(added)
    for version, sums in added.items():
        kept = sums_of(rows[version])
        kept.add(sums)
        for name in _NAMES:
            setattr(rows[version], name, getattr(kept, name))
    ItemStatistics.objects.bulk_update(rows.values(), _NAMES, batch_size=_BATCH)


def sums_of(row: ItemStatistics) -> Sums:
    sums = Sums()
    sums.add(Sums(**{name: getattr(row, name) for name in _NAMES}))
    return sums


def statistics_of(versions: Iterable[int]) -> dict[int, Sums]:
    """By ``ItemVersion.question_id``; without a row nobody was asked."""
    return {row.pk: sums_of(row) for row in ItemStatistics.objects.filter(pk__in=set(versions))}


def every_sum() -> dict[int, Sums]:
    return {row.pk: sums_of(row) for row in ItemStatistics.objects.iterator(chunk_size=2000)}


def _locked(added: Mapping[int, Sums]) -> dict[int, ItemStatistics]:
    rows = ItemStatistics.objects.select_for_update().filter(pk__in=sorted(added)).order_by("pk")
    return {row.pk: row for row in rows}
