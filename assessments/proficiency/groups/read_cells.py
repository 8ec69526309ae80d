"""Rows of a population table become cells, or one clear message per row that cannot be one. Nothing is saved here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessments.proficiency.groups.models import AgeBand
from lms import vietnamese

# More than the whole country in one cell is a slip of the hand, or an attack on the sums.
_MOST_PEOPLE = 1_000_000
_ROWS_SEARCHED = 20
_NUMBER = re.compile(r"\d{1,7}|\d{1,3}(?:[.\s]\d{3})+")
_HEADINGS = {
    "commune": ("xa", "phuong", "xa/phuong", "xa, phuong", "xa/phuong/dac khu", "don vi"),
    "age_band": ("nhom tuoi", "do tuoi", "tuoi"),
    "sex": ("gioi tinh", "gioi"),
    "group": ("nhom dan toc", "dan toc"),
    "people": ("so dan", "so nguoi", "dan so"),
}
_AGES = {
    "u30": AgeBand.UNDER_30,
    "duoi 30": AgeBand.UNDER_30,
    "30-44": AgeBand.TO_44,
    "30 den 44": AgeBand.TO_44,
    "45-59": AgeBand.TO_59,
    "45 den 59": AgeBand.TO_59,
    "60+": AgeBand.FROM_60,
    "60 tro len": AgeBand.FROM_60,
    "tu 60": AgeBand.FROM_60,
    "tu 60 tro len": AgeBand.FROM_60,
}
_SEXES = {"nam": "male", "male": "male", "nu": "female", "female": "female"}
_GROUPS = {
    "kinh": "kinh",
    "minority": "minority",
    "thieu so": "minority",
    "dan toc thieu so": "minority",
    "dtts": "minority",
}
# Name of a commune to its key, or the words that say why there is none.
FindCommune = Callable[[str], int | str]


class CellKey(NamedTuple):
    unit_id: int
    age_band: str
    sex: str
    group: str


class BadRow(NamedTuple):
    row: int
    message: str


@dataclass
class ReadCells:
    """People by cell, and the rows that were refused with their number in the file."""

    people: dict[CellKey, int] = field(default_factory=dict)
    refused: list[BadRow] = field(default_factory=list)


class _Refused(Exception):
    """Carries the words for the person who sent the file."""


def read_cells(rows: Sequence[Sequence[str]], find_commune: FindCommune) -> ReadCells | None:
    """None when no row holds the five headings."""
    head = next(
        (n for n, row in enumerate(rows[:_ROWS_SEARCHED]) if len(_columns(row)) == len(_HEADINGS)), None
    )
    if head is None:
        return None
    columns = _columns(rows[head])
    found = ReadCells()
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        if not any(row):
            continue
        try:
            key, people = _cell(row, columns, find_commune)
            if key in found.people:
                raise _Refused(_("This commune, age, sex and group stands in the list twice."))
            found.people[key] = people
        except _Refused as refusal:
            found.refused.append(BadRow(number, str(refusal)))
    return found


def _columns(row: Sequence[str]) -> dict[str, int]:
    keys = [_key(text) for text in row]
    return {
        name: next(place for place, key in enumerate(keys) if key in headings)
        for name, headings in _HEADINGS.items()
        if any(key in headings for key in keys)
    }


def _key(text: str) -> str:
    return vietnamese.folded(text).replace("*", "").replace(" / ", "/").strip(" :.()")


def _cell(row: Sequence[str], columns: Mapping[str, int], find_commune: FindCommune) -> tuple[CellKey, int]:
    texts = {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()}
    commune = find_commune(texts["commune"])
    if isinstance(commune, str):
        raise _Refused(commune)
    key = CellKey(
        commune,
        _chosen(_AGES, texts["age_band"], _("The age group must be: dưới 30, 30-44, 45-59 or 60+.")),
        _chosen(_SEXES, texts["sex"], _("The sex must be: nam or nữ.")),
        _chosen(_GROUPS, texts["group"], _("The group must be: Kinh or dân tộc thiểu số.")),
    )
    return key, _people(texts["people"])


def _chosen(words: Mapping[str, str], text: str, refusal: str) -> str:
    key = vietnamese.folded(text).replace("–", "-").replace(" - ", "-").strip()
    if key not in words:
        raise _Refused(refusal)
    return str(words[key])


def _people(text: str) -> int:
    if not text.isascii() or not _NUMBER.fullmatch(text):
        raise _Refused(_("The number of people must be a whole number, not below zero."))
    number = int(re.sub(r"[.\s]", "", text))
    if number > _MOST_PEOPLE:
        raise _Refused(_("So many people cannot live in one group of a commune. Look again."))
    return number
