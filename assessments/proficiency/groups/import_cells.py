"""Save a table of residents with its source and date: good rows are kept, each bad row is named."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.proficiency.groups.models import AgeBand, PopulationCell
from assessments.proficiency.groups.read_cells import BadRow, CellKey, read_cells
from lms.organisations.api import COMMUNE_LEVEL, BadFile, Unit, UnitFinder, read_rows

_BATCH = 500


@dataclass(frozen=True)
class CellsImport:
    """What came of a file. Communes without all age groups are not used for figures of all residents."""

    saved: int
    people: int
    refused: list[BadRow]
    incomplete: list[str]


@dataclass(frozen=True)
class Origin:
    source: str
    as_of: dt.date


def import_cells(name: str, content: bytes, top: Unit, origin: Origin) -> CellsImport:
    """Only communes at or below ``top``; raises ``BadFile`` with words for the sender."""
    found = read_cells(read_rows(name, content), _Communes(top).find)
    if found is None:
        raise BadFile(
            _("The list needs these headings: Xã/phường, Nhóm tuổi, Giới tính, Nhóm dân tộc, Số dân.")
        )
    _save(found.people, origin)
    return CellsImport(
        len(found.people), sum(found.people.values()), found.refused, _incomplete(found.people)
    )


class _Communes:
    """Names to communes of one part of the tree."""

    def __init__(self, top: Unit) -> None:
        self._finder = UnitFinder(top)

    def find(self, name: str) -> int | str:
        if not name:
            return _("The commune is missing.")
        found = self._finder.find("", name)
        if found.ambiguous:
            return _("Several units have this name. Write it with its kind, such as Xã or Phường.")
        if found.unit is None or found.unit.kind not in COMMUNE_LEVEL:
            return _("No commune of your units has this name.")
        if found.former_name:
            return _(
                "This is a former name; its residents may live in several communes now. Use today's name."
            )
        return int(found.unit.pk)


@transaction.atomic
def _save(people: dict[CellKey, int], origin: Origin) -> None:
    cells = [
        PopulationCell(
            unit_id=key.unit_id,
            age_band=key.age_band,
            sex=key.sex,
            ethnicity_group=key.group,
            people=number,
            source=origin.source,
            as_of=origin.as_of,
        )
        for key, number in people.items()
    ]
    PopulationCell.objects.bulk_create(
        cells,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["unit", "age_band", "sex", "ethnicity_group"],
        update_fields=["people", "source", "as_of"],
    )


def _incomplete(people: dict[CellKey, int]) -> list[str]:
    units = {key.unit_id for key in people}
    bands: dict[int, set[str]] = defaultdict(set)
    for unit, band in PopulationCell.objects.filter(unit__in=units).values_list("unit", "age_band"):
        bands[unit].add(band)
    missing = [unit for unit in units if bands[unit] != set(AgeBand.values)]
    return [unit.full_title for unit in Unit.objects.filter(pk__in=missing).order_by("path")]
