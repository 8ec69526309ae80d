"""A report for editors: skill, outcome and difficulty against the blueprint, with the kinds that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments.items.admin.access import editor_of
from assessments.items.kinds import KINDS
from assessments.items.models import Item, Outcome, Skill
from assessments.items.thin_spots import DIFFICULTIES, Blueprint, Need, Row, Stock, rows_of
from lms.data_files import read_yaml

_FILE = Path(__file__).resolve().parents[1] / "blueprint.yaml"
_KINDS = {kind.letters: kind for kind in KINDS.values()}


@dataclass(frozen=True)
class Place:
    """One kind in one cell of the table, with its links."""

    need: Need
    label: str
    list_url: str
    new_url: str


@dataclass(frozen=True)
class Line:
    """One outcome; it may be in the blueprint before it is in the database."""

    row: Row
    outcome: Outcome | None
    cells: list[list[Place]]


@dataclass(frozen=True)
class SkillTable:
    skill: Skill
    lines: list[Line]

    @property
    def wanted(self) -> int:
        return sum(line.row.wanted for line in self.lines)

    @property
    def missing(self) -> int:
        return sum(line.row.missing for line in self.lines)


@require_GET
def thin_spots(request: HttpRequest) -> HttpResponse:
    editor_of(request)
    tables = list(_tables())
    context = {
        "tables": tables,
        "difficulties": list(DIFFICULTIES),
        "list_url": reverse("items_item:index"),
        "wanted": sum(table.wanted for table in tables),
        "missing": sum(table.missing for table in tables),
    }
    return render(request, "items/admin/thin_spots.html", context)


@cache
def _blueprint() -> Blueprint:
    rows: Blueprint = read_yaml(_FILE)["rows"]
    return rows


def _tables() -> Iterator[SkillTable]:
    outcomes = {one.code: one for one in Outcome.objects.all()}
    rows = rows_of(_blueprint(), _stock())
    for skill in Skill.objects.all():
        mine = [row for row in rows if row.outcome.startswith(f"{skill.code.upper()}-")]
        if mine:
            yield SkillTable(skill, [_line(row, outcomes.get(row.outcome)) for row in mine])


def _line(row: Row, outcome: Outcome | None) -> Line:
    cells = [[_place(need, outcome, cell.difficulty) for need in cell.needs] for cell in row.cells]
    return Line(row, outcome, cells)


def _place(need: Need, outcome: Outcome | None, difficulty: int) -> Place:
    kind = _KINDS[need.letters]
    place: dict[str, str | int] = {"difficulty": difficulty}
    if outcome is not None:
        place["outcome"] = outcome.pk
    return Place(
        need,
        str(kind.label),
        f"{reverse('items_item:index')}?{urlencode({**place, 'kind': kind.code})}",
        f"{reverse('items_item:add')}?{urlencode({**place, 'kieu': kind.code})}",
    )


def _stock() -> Iterator[Stock]:
    counted = Item.objects.order_by().values_list("outcome__code", "difficulty", "kind", "state")
    for outcome, difficulty, kind, state, count in counted.annotate(count=Count("pk")):
        yield Stock(outcome, difficulty, KINDS[kind].letters, state, count)
