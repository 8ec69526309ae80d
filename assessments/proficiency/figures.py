"""The figures of one unit and of the units below it, from roll-ups and estimates only, small groups withheld."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Left, Length

from assessments.proficiency.models import Band, Label, Milestone, Standing
from assessments.proficiency.shares import Estimate, Share, passed_share
from assessments.proficiency.suppress import ALL, hidden_cells, hidden_in_row
from assessments.psychometrics.publish import LEAST_SHOWN
from lms.accounts.api import Audience
from lms.organisations.api import COMMUNE_LEVEL, Unit, UnitKind

_STEP = Unit.steplen
# Units of one partition: their people add up to those of the unit above.
PARTITIONS: tuple[frozenset[str], ...] = (
    frozenset({*COMMUNE_LEVEL, UnitKind.HAMLET}),
    frozenset({UnitKind.PARTY_COMMITTEE, UnitKind.PARTY_CELL}),
    frozenset({UnitKind.AGENCY}),
    frozenset({UnitKind.SCHOOL}),
    frozenset({UnitKind.ENTERPRISE}),
)
# A share shows its numerator, so that it is shown exactly where its denominator is. And how many passed is said only
# of groups whose size is said: "nobody passed" would speak of each member of a small group.
_MASKS: dict[str, tuple[str, ...]] = {
    Milestone.PASSED_FIRST: (Milestone.MEASURED,),
    Milestone.PASSED: (Milestone.PASSED, Milestone.MEASURED),
}
_BANDS = frozenset(Band.values)
_NOBODY = dict.fromkeys(Audience.values, 0)
Counts = dict[str, int]
Cell = tuple[Hashable, str]
# unit, skill, audience, level
_Place = tuple[int, int, str, str]


def tree_around(slug: str) -> list[Unit]:
    """A unit, everything above it, and the children of all of these, in one query."""
    target = Unit.objects.filter(slug=slug, path__startswith=OuterRef("parent_path"))
    units = Unit.objects.annotate(parent_path=Left("path", Length("path") - Value(_STEP)))
    return list(units.filter(Exists(target)).order_by("path"))


@dataclass
class Figures:
    """Numbers around one unit; ``people``, ``share`` and ``estimate`` are the only ways to one."""

    unit: Unit
    tree: Sequence[Unit]
    estimated: bool = False  # a run of the estimates is in force
    _counts: dict[tuple[int, int, str], Counts] = field(default_factory=dict)
    _estimates: dict[_Place, Estimate | None] = field(default_factory=dict)  # None: withheld by the run
    _hidden: dict[tuple[int, str], set[Cell]] = field(default_factory=dict)

    def load(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows of ``dashboard_rows.numbers``."""
        for unit_id, skill_id, audience, people, kind, *said in rows:
            if kind in _BANDS:
                place = (unit_id, skill_id, audience or ALL, kind)
                self._estimates[place] = _estimate(people, said)
            else:
                key = (unit_id, skill_id, kind)
                if key not in self._counts:
                    self._counts[key] = _NOBODY.copy()
                self._counts[key][audience] = people

    @property
    def chain(self) -> list[Unit]:
        """From the top of the tree to the unit itself."""
        return [unit for unit in self.tree if self.unit.path.startswith(unit.path)]

    def children(self, parent: Unit) -> list[Unit]:
        return [unit for unit in self.tree if unit.path[:-_STEP] == parent.path and unit.pk != parent.pk]

    def partitions(self, parent: Unit) -> list[list[Unit]]:
        """The children in groups whose people add up."""
        children = self.children(parent)
        groups = [[unit for unit in children if unit.kind in kinds] for kinds in PARTITIONS]
        return [group for group in groups if group]

    def people(self, unit: Unit, skill_id: int, milestone: str, audience: str = ALL) -> int | None:
        """None when the number is withheld."""
        for mask in _MASKS.get(milestone, (milestone,)):
            if (unit.pk, audience) in self._withheld(skill_id, mask):
                return None
        return self._row(unit, skill_id, milestone)[audience]

    def share(self, unit: Unit, skill_id: int, audience: str = ALL) -> Share | None:
        """Who is proficient as the run in force measured it; before the first run, who passed at the first sitting."""
        if self.estimated:
            return self.estimate(unit, skill_id, audience)
        measured = self.people(unit, skill_id, Milestone.MEASURED, audience)
        passed = self.people(unit, skill_id, Milestone.PASSED_FIRST, audience)
        return passed_share(passed, measured) if measured and passed is not None else None

    def estimate(
        self, unit: Unit, skill_id: int, audience: str = ALL, band: str = Band.PROFICIENT
    ) -> Estimate | None:
        """Withheld wherever the run or the counts of today withhold it."""
        if self.withheld(unit, skill_id, audience):
            return None
        return self._estimates.get((unit.pk, skill_id, audience, band))

    def withheld(self, unit: Unit, skill_id: int, audience: str = ALL) -> bool:
        """There is something, and it must not be said."""
        place = (unit.pk, skill_id, audience, str(Band.PROFICIENT))
        if self._estimates.get(place, True) is None:
            return True
        return self.people(unit, skill_id, Milestone.MEASURED, audience) is None

    def _row(self, unit: Unit, skill_id: int, milestone: str) -> Counts:
        counts = self._counts.get((unit.pk, skill_id, milestone), _NOBODY)
        return {**counts, ALL: sum(counts.values())}

    def _withheld(self, skill_id: int, milestone: str) -> set[Cell]:
        """Decided from the top down, so that a number is published on every page or on none."""
        key = (skill_id, milestone)
        if key not in self._hidden:
            chain = self.chain
            top = self._row(chain[0], skill_id, milestone)
            hidden = {(chain[0].pk, column) for column in hidden_in_row(top)}
            for parent in chain:
                hidden |= self._withheld_below(parent, key, hidden)
            self._hidden[key] = hidden
        return self._hidden[key]

    def _withheld_below(self, parent: Unit, key: tuple[int, str], hidden: set[Cell]) -> set[Cell]:
        found: set[Cell] = set()
        row = self._row(parent, *key)
        above = [column for column in row if (parent.pk, column) in hidden]
        for group in self.partitions(parent):
            counts: dict[Hashable, Counts] = {unit.pk: self._row(unit, *key) for unit in group}
            found |= hidden_cells(counts, row, above)
        return found


def _estimate(people: int, said: Sequence[Any]) -> Estimate | None:
    share, low, high, coverage, supervised, risk, label, standing = said
    if standing == Standing.SUPPRESSED or people < LEAST_SHOWN:
        return None
    weak, everybody = standing == Standing.INDICATIVE, label == Label.POPULATION
    return Estimate(share, low, high, people, weak, everybody, coverage, supervised, risk)
