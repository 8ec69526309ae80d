"""No group below ten people is published or can be computed from what is published, on one page or on several."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.proficiency.suppress import ALL, hidden_cells, hidden_in_row
from assessments.psychometrics.publish import LEAST_SHOWN

AUDIENCES = ["cadre", "citizen", "student", "worker"]
Counts = dict[tuple[str, str], int]
Tree = dict[str, dict[str, dict[str, int]]]


def with_all(row: dict[str, int]) -> dict[str, int]:
    return {**row, ALL: sum(row.values())}


def add(rows: list[dict[str, int]]) -> dict[str, int]:
    return {audience: sum(row[audience] for row in rows) for audience in AUDIENCES}


def random_tree(rng: random.Random) -> Tree:
    """Province, communes, hamlets and the people of a commune outside its hamlets."""

    def people() -> dict[str, int]:
        return {a: rng.choice([0, 0, 1, 3, 7, 9, 10, 11, 15, 25, 60]) for a in AUDIENCES}

    return {
        f"commune{n}": {
            **{f"hamlet{n}.{m}": people() for m in range(rng.randint(0, 4))},
            f"rest{n}": people() if rng.random() < 0.7 else dict.fromkeys(AUDIENCES, 0),
        }
        for n in range(rng.randint(1, 4))
    }


def published(
    tree: Tree,
) -> tuple[dict[tuple[str, str], int], set[tuple[str, str]]]:
    """All true counts, and the cells that some page shows."""
    communes = {name: with_all(add(list(parts.values()))) for name, parts in tree.items()}
    province = with_all(add([{a: row[a] for a in AUDIENCES} for row in communes.values()]))
    truth = {("province", c): province[c] for c in province}
    top = hidden_in_row(province)
    shown = {("province", c) for c in province if c not in top}
    hidden = hidden_cells(communes, province, top)
    for name, row in communes.items():
        truth |= {(name, c): row[c] for c in row}
        shown |= {(name, c) for c in row if (name, c) not in hidden}
        hamlets = {key: with_all(part) for key, part in tree[name].items() if key.startswith("hamlet")}
        truth |= {(key, c): part[c] for key, part in hamlets.items() for c in part}
        rest = with_all(next(part for key, part in tree[name].items() if key.startswith("rest")))
        truth |= {(f"rest of {name}", c): rest[c] for c in rest}
        below = hidden_cells(hamlets, row, [c for c in row if (name, c) in hidden])
        shown |= {(key, c) for key, part in hamlets.items() for c in part if (key, c) not in below}
    return truth, shown


def sums(tree: Tree) -> list[dict[tuple[str, str], int]]:
    """Every equation that holds between the counts."""
    lines: list[dict[tuple[str, str], int]] = []
    rows = ["province", *tree]
    for name, parts in tree.items():
        rows += [*(key for key in parts if key.startswith("hamlet")), f"rest of {name}"]
    for row in rows:
        lines.append({**{(row, a): 1 for a in AUDIENCES}, (row, ALL): -1})
    for column in [*AUDIENCES, ALL]:
        lines.append({**{(name, column): 1 for name in tree}, ("province", column): -1})
        for name, parts in tree.items():
            inside = [*(key for key in parts if key.startswith("hamlet")), f"rest of {name}"]
            lines.append({**{(key, column): 1 for key in inside}, (name, column): -1})
    return lines


def certainly_empty(tree: Tree, shown: set[tuple[str, str]], truth: Counts) -> set[tuple[str, str]]:
    """A reader knows where everybody belongs to a smaller unit, and that parts of an empty sum are empty."""
    above = dict.fromkeys(tree, "province")
    above |= {key: name for name, parts in tree.items() for key in [*parts, f"rest of {name}"]}
    rests = {f"rest of {name}" for name, parts in tree.items() if len(parts) > 1}
    empty = {cell for cell in shown if truth[cell] == 0}
    return {
        (row, column)
        for (row, column), people in truth.items()
        if people == 0 and (row in rests or (row, ALL) in empty or (above.get(row, row), column) in empty)
    }


def determined(lines: list[dict[tuple[str, str], int]], known: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Unknown cells that linear algebra gives away: unit vectors of the row space."""
    matrix = [{c: Fraction(v) for c, v in line.items() if c not in known} for line in lines]
    reduced: list[dict[tuple[str, str], Fraction]] = []
    for row in matrix:
        for base in reduced:
            pivot = next(iter(base))
            if row.get(pivot):
                factor = row[pivot] / base[pivot]
                for cell, value in base.items():
                    row[cell] = row.get(cell, Fraction(0)) - factor * value
        row = {c: v for c, v in row.items() if v}
        if not row:
            continue
        pivot = next(iter(row))
        for base in reduced:
            if base.get(pivot):
                factor = base[pivot] / row[pivot]
                for cell, value in row.items():
                    base[cell] = base.get(cell, Fraction(0)) - factor * value
                for cell in [c for c, v in base.items() if not v]:
                    del base[cell]
        reduced.append(row)
    return {next(iter(row)) for row in reduced if len(row) == 1}


@settings(max_examples=1500, deadline=None)
@given(st.integers(0, 2**32))
def test_no_small_group_is_shown_or_computed_over_three_levels(seed: int) -> None:
    tree = random_tree(random.Random(seed))
    truth, shown = published(tree)
    assert not [cell for cell in shown if 0 < truth[cell] < LEAST_SHOWN]
    known = shown | certainly_empty(tree, shown, truth)
    small = {c for c in determined(sums(tree), known) if 0 < truth[c] < LEAST_SHOWN}
    assert not small


@settings(max_examples=1500, deadline=None)
@given(st.integers(0, 2**32))
def test_what_a_sum_leaves_over_is_never_a_small_group(seed: int) -> None:
    tree = random_tree(random.Random(seed))
    truth, shown = published(tree)
    for line in sums(tree):
        total = next(cell for cell, sign in line.items() if sign < 0)
        if total not in shown:
            continue
        over = sum(truth[cell] for cell, sign in line.items() if sign > 0 and cell not in shown)
        assert over == 0 or over >= LEAST_SHOWN, line


def test_two_hamlets_hide_each_other() -> None:
    """59 people in a commune, 50 in one hamlet: without the second mask the reader would know of the nine."""
    counts = {"a": with_all({"citizen": 9}), "b": with_all({"citizen": 50})}
    hidden = hidden_cells(counts, with_all({"citizen": 59}))
    assert hidden == {("a", "citizen"), ("a", ALL), ("b", "citizen"), ("b", ALL)}


def test_large_groups_stay_published() -> None:
    counts = {n: with_all({"citizen": 40, "worker": 12, "student": 0}) for n in range(3)}
    parent = with_all({"citizen": 120, "worker": 36, "student": 0})
    assert hidden_cells(counts, parent) == set()


@pytest.mark.parametrize(("people", "hidden"), [(0, False), (1, True), (9, True), (10, False)])
def test_the_border_is_ten_people(people: int, hidden: bool) -> None:
    assert bool(hidden_in_row(with_all({"citizen": people}))) is hidden
