"""Where the bank is thin: what the blueprint asks for and what there is. Pure: no Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.items.life_cycle import IN_USE, RETIRED

DIFFICULTIES = range(1, 7)
# Outcome -> difficulty -> letters of kinds, one for each item that the bank must hold at least.
Blueprint = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True)
class Stock:
    """Items of an outcome, a difficulty, a kind and a state."""

    outcome: str
    difficulty: int
    letters: str
    state: str
    count: int


@dataclass(frozen=True)
class Need:
    """One kind in one cell."""

    letters: str
    wanted: int
    in_use: int
    on_the_way: int

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.in_use)


@dataclass(frozen=True)
class Cell:
    difficulty: int
    needs: tuple[Need, ...]

    @property
    def missing(self) -> int:
        return sum(need.missing for need in self.needs)


@dataclass(frozen=True)
class Row:
    outcome: str
    cells: tuple[Cell, ...]

    @property
    def wanted(self) -> int:
        return sum(need.wanted for cell in self.cells for need in cell.needs)

    @property
    def missing(self) -> int:
        return sum(cell.missing for cell in self.cells)


def rows_of(blueprint: Blueprint, stock: Iterable[Stock]) -> list[Row]:
    """A row for each outcome of the blueprint; kinds that nobody asked for are shown too."""
    in_use: Counter[tuple[str, int, str]] = Counter()
    on_the_way: Counter[tuple[str, int, str]] = Counter()
    for one in stock:
        if one.state != RETIRED:
            counter = in_use if one.state in IN_USE else on_the_way
            counter[one.outcome, one.difficulty, one.letters] += one.count
    rows = []
    for outcome, wanted in blueprint.items():
        cells = []
        for difficulty in DIFFICULTIES:
            asked = Counter(wanted.get(str(difficulty), ()))
            there = {key[2] for key in (*in_use, *on_the_way) if key[0] == outcome and key[1] == difficulty}
            needs = (
                Need(letters, asked[letters], in_use[place], on_the_way[place])
                for letters in [*asked, *sorted(there - set(asked))]
                for place in [(outcome, difficulty, letters)]
            )
            cells.append(Cell(difficulty, tuple(needs)))
        rows.append(Row(outcome, tuple(cells)))
    return rows
