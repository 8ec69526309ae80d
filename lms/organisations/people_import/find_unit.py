"""From what people write in a list to the unit of today, within the units that the list is for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from lms import vietnamese
from lms.organisations.models import FormerUnit, Unit

_KIND_WORDS = (
    "to dan pho",
    "dac khu",
    "thi tran",
    "khu pho",
    "phuong",
    "thon",
    "buon",
    "bon",
    "ban",
    "xa",
)
_SHORT = (
    (r"^p\.\s*", "phuong "),
    (r"^x\.\s*", "xa "),
    (r"^tt\.\s*", "thi tran "),
    (r"^tdp\b\.?\s*", "to dan pho "),
)


class FoundUnit(NamedTuple):
    unit: Unit | None
    former_name: str = ""
    ambiguous: bool = False


def unit_key(text: str) -> str:
    key = vietnamese.folded(text)
    for pattern, words in _SHORT:
        key = re.sub(pattern, words, key)
    return key


def without_kind(key: str) -> str:
    for word in _KIND_WORDS:
        if key.startswith(f"{word} "):
            return key.removeprefix(f"{word} ")
    return key


class UnitFinder:
    """Holds the names of one part of the tree: two queries for a list of any length."""

    def __init__(self, top: Unit) -> None:
        self.top = top
        self._full: dict[str, list[Unit]] = defaultdict(list)
        self._bare: dict[str, list[Unit]] = defaultdict(list)
        self._former: dict[str, list[FormerUnit]] = defaultdict(list)
        self._former_bare: dict[str, list[FormerUnit]] = defaultdict(list)
        below = Unit.objects.filter(path__startswith=top.path)
        for unit in below:
            key = unit_key(str(unit.full_title))
            self._full[key].append(unit)
            self._bare[without_kind(key)].append(unit)
        for former in FormerUnit.objects.filter(unit__path__startswith=top.path).select_related("unit"):
            self._former[former.folded_name].append(former)
            self._former_bare[without_kind(former.folded_name)].append(former)

    def find(self, name: str, commune: str = "") -> FoundUnit:
        """The hamlet when it is named and known, else the commune, else the unit that the list is for."""
        place = self._named(commune) if commune else FoundUnit(self.top)
        if not name or place.unit is None:
            return place
        return self._named(name, within=place.unit)

    def _named(self, name: str, within: Unit | None = None) -> FoundUnit:
        key = unit_key(name)
        for names, wanted in ((self._full, key), (self._bare, key), (self._bare, without_kind(key))):
            units = [u for u in names.get(wanted, []) if within is None or u.path.startswith(within.path)]
            if units:
                return FoundUnit(units[0]) if len(units) == 1 else FoundUnit(None, ambiguous=True)
        return self._once_named(key)

    def _once_named(self, key: str) -> FoundUnit:
        """A name of before the merger; a part of a unit alone does not say where a person lives now."""
        rows = self._former.get(key) or self._former_bare.get(without_kind(key)) or []
        units = {row.unit_id: row for row in rows}
        if len(units) != 1:
            return FoundUnit(None, ambiguous=bool(units))
        row = next(iter(units.values()))
        return FoundUnit(row.unit, former_name=row.name)
