"""The figures of one unit and of the units below it, from roll-ups only, with small groups withheld."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Left, Length

from assessments.proficiency.models import Aggregate, Milestone
from assessments.proficiency.shares import Share
from assessments.proficiency.suppress import ALL, hidden_cells, hidden_in_row
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
Counts = dict[str, int]
Cell = tuple[Hashable, str]


def tree_around(slug: str) -> list[Unit]:
    """A unit, everything above it, and the children of all of these, in one query."""
    target = Unit.objects.filter(slug=slug, path__startswith=OuterRef("parent_path"))
    units = Unit.objects.annotate(parent_path=Left("path", Length("path") - Value(_STEP)))
    return list(units.filter(Exists(target)).order_by("path"))


@dataclass
class Figures:
    """Counts around one unit; ``people`` is the only way to a number."""

    unit: Unit
    tree: Sequence[Unit]
    _counts: dict[tuple[int, int, str], Counts] = field(default_factory=dict)
    _hidden: dict[tuple[int, str], set[Cell]] = field(default_factory=dict)

    def load(self, skill_ids: Iterable[int]) -> None:
        """One query, whatever the number of people."""
        rows = Aggregate.objects.filter(
            unit_id__in=[unit.pk for unit in self.tree], skill_id__in=list(skill_ids)
        ).values_list("unit_id", "skill_id", "milestone", "audience", "people")
        for unit_id, skill_id, milestone, audience, people in rows:
            counts = self._counts.setdefault(
                (unit_id, skill_id, milestone), dict.fromkeys(Audience.values, 0)
            )
            counts[audience] = people

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
        if any(
            (unit.pk, audience) in self._withheld(skill_id, mask)
            for mask in _MASKS.get(milestone, (milestone,))
        ):
            return None
        return self._row(unit, skill_id, milestone)[audience]

    def share(self, unit: Unit, skill_id: int, audience: str = ALL) -> Share | None:
        """Who passed at the first sitting, of those who were measured; None when withheld or nobody was."""
        measured = self.people(unit, skill_id, Milestone.MEASURED, audience)
        passed = self.people(unit, skill_id, Milestone.PASSED_FIRST, audience)
        if not measured or passed is None:
            return None
        return Share(passed, measured)

    def _row(self, unit: Unit, skill_id: int, milestone: str) -> Counts:
        counts = self._counts.get((unit.pk, skill_id, milestone), dict.fromkeys(Audience.values, 0))
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
