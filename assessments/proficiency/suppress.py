"""Which counts of a table may be published, pure.

Groups below ten people are never published, and never recoverable by subtraction. A table has a row per unit, a
column per audience and a column ALL; the row PARENT holds the sums and was decided one level above, so that a number
is either published on every page or on none. REST holds people of the parent who belong to none of the units.

A hidden cell can be computed from the published ones exactly when it is a bridge of the graph whose vertices are the
lines of the table and whose edges are the hidden cells. So after the small cells, further ones are hidden until
every line hides at least two cells with ten people together, and no hidden cell is a bridge, even for a reader who
knows the row PARENT. The columns that PARENT hides must hang together, so that whatever is uncertain above stays
uncertain here: then the levels of a tree never give each other away.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from assessments.psychometrics.publish import LEAST_SHOWN

ALL = "all"
PARENT = "parent"
REST = "rest"

Row = Hashable
Cell = tuple[Row, str]
Line = tuple[str, Hashable]


class _Table:
    """Counts with both margins, and what is hidden so far."""

    def __init__(
        self, counts: Mapping[Row, Mapping[str, int]], parent: Mapping[str, int], hidden: Iterable[str]
    ):
        self.columns = [*sorted(column for column in parent if column != ALL), ALL]
        self.units = list(counts)
        self.value: dict[Cell, int] = {
            (row, column): counts[row].get(column, 0) for row in self.units for column in self.columns
        }
        for column in self.columns:
            inside = sum(self.value[row, column] for row in self.units)
            self.value[PARENT, column] = parent.get(column, 0)
            # Someone who belongs to two of the units counts twice below and once above.
            self.value[REST, column] = max(0, parent.get(column, 0) - inside)
        self.hidden: set[Cell] = {(PARENT, column) for column in hidden}
        self.hidden |= {(REST, column) for column in self.columns if self.value[REST, column]}
        self.hidden |= {
            (row, column)
            for row in self.units
            for column in self.columns
            if 0 < self.value[row, column] < LEAST_SHOWN
        }

    def lines(self) -> list[tuple[list[Cell], Cell]]:
        """Every sum that a reader can check: its parts and its total."""
        audiences = self.columns[:-1]
        rows = [([(row, column) for column in audiences], (row, ALL)) for row in self.units]
        sums = [([(row, column) for row in [*self.units, REST]], (PARENT, column)) for column in self.columns]
        return rows + sums

    def smallest_published(self, cells: Iterable[Cell]) -> Cell | None:
        """Only counts of units can be held back; an empty one last, and only where it could have been something."""
        free = [cell for cell in cells if cell[0] not in (PARENT, REST) and cell not in self.hidden]
        useful = [cell for cell in free if self._may_be_something((cell[0], ALL), (PARENT, cell[1]))]
        return min(useful, key=lambda cell: (not self.value[cell], self.value[cell], str(cell)), default=None)

    def _may_be_something(self, *totals: Cell) -> bool:
        """Parts of a sum that is published as nothing are known to be nothing."""
        return all(self.value[total] or total in self.hidden for total in totals)

    def hide_for_sums(self) -> None:
        """Until no sum gives away a cell or a group that is too small."""
        changed = True
        while changed:
            changed = False
            for parts, total in self.lines():
                while self._gives_away(parts, total):
                    cell = self.smallest_published(parts)
                    if cell is None:
                        break
                    self.hidden.add(cell)
                    changed = True

    def _gives_away(self, parts: list[Cell], total: Cell) -> bool:
        covered = [cell for cell in parts if cell in self.hidden]
        if total in self.hidden:
            return not covered
        if not covered:
            return False
        return len(covered) == 1 or sum(self.value[cell] for cell in covered) < LEAST_SHOWN

    def hide_for_bridges(self) -> bool:
        """True when further cells had to be hidden: they join both ends of a bridge a second time."""
        inside = self._inside()
        for bridge in sorted(_bridges(inside), key=str):
            chosen = self._second_way(bridge, _reached(("row", bridge[0]), inside - {bridge}))
            if chosen:
                self.hidden |= chosen
                return True
        return False

    def _second_way(self, bridge: Cell, near: set[Line]) -> set[Cell]:
        """The smallest published cell that crosses from the near lines to others, else two cells of one row."""
        far = _reached(("column", bridge[1]), self._inside() - {bridge})
        ways = [self._crossing(row, near, far) for row in self.units]
        found = [way for way in ways if way]
        return min(
            found,
            key=lambda way: (sum(self.value[cell] for cell in way), str(sorted(way, key=str))),
            default=set(),
        )

    def _crossing(self, row: Row, near: set[Line], far: set[Line]) -> set[Cell]:
        """Cells of this row that must be hidden so that it joins both sides."""
        line = ("row", row)
        to_near = set() if line in near else self._smallest_in(row, near)
        to_far = set() if line in far else self._smallest_in(row, far)
        if to_near is None or to_far is None:
            return set()
        return to_near | to_far

    def _smallest_in(self, row: Row, lines: set[Line]) -> set[Cell] | None:
        cell = self.smallest_published(
            (row, column) for column in self.columns if ("column", column) in lines
        )
        return None if cell is None else {cell}

    def hide_for_levels(self) -> bool:
        """True when a further cell had to be hidden so that the columns hidden above hang together."""
        above = [column for column in self.columns if (PARENT, column) in self.hidden]
        component = _components(self._inside())
        home = component.get(("column", above[0])) if above else None
        for column in above[1:]:
            if component.get(("column", column)) == home:
                continue
            cells = [(row, one) for row in self.units for one in above if self._joins((row, one), component)]
            cell = self.smallest_published(cells)
            if cell is not None:
                self.hidden.add(cell)
                return True
        return False

    def _joins(self, cell: Cell, component: Mapping[Line, int]) -> bool:
        row, column = component.get(("row", cell[0])), component.get(("column", cell[1]))
        return row is None or row != column

    def _inside(self) -> set[Cell]:
        return {cell for cell in self.hidden if cell[0] != PARENT}


def hidden_cells(
    counts: Mapping[Row, Mapping[str, int]], parent: Mapping[str, int], hidden_parent: Iterable[str] = ()
) -> set[Cell]:
    """Cells of the units that must not be published; an empty cell is published as such."""
    table = _Table(counts, parent, hidden_parent)
    if not table.hidden:
        return set()
    table.hide_for_sums()
    while table.hide_for_bridges() or table.hide_for_levels():
        table.hide_for_sums()
    return {cell for cell in table.hidden if cell[0] in counts}


def hidden_in_row(counts: Mapping[str, int]) -> set[str]:
    """The columns of the row at the top of the tree: only its own sum can give it away."""
    audiences = sorted(
        (column for column in counts if column != ALL), key=lambda column: (counts[column], column)
    )
    hidden = [column for column in audiences if 0 < counts[column] < LEAST_SHOWN]
    if 0 < counts[ALL] < LEAST_SHOWN:
        return {*hidden, ALL}
    for column in audiences:
        if not hidden or (len(hidden) > 1 and sum(counts[one] for one in hidden) >= LEAST_SHOWN):
            break
        if counts[column] and column not in hidden:
            hidden.append(column)
    return set(hidden)


def _reached(start: Line, edges: Iterable[Cell]) -> set[Line]:
    """The lines that hang together with this one."""
    component = _components(edges)
    if start not in component:
        return {start}
    return {line for line, number in component.items() if number == component[start]}


def _components(edges: Iterable[Cell]) -> dict[Line, int]:
    """A number for each line; lines that hidden cells join have the same one."""
    component: dict[Line, int] = {}
    for row, column in edges:
        a, b = ("row", row), ("column", column)
        old, new = component.setdefault(a, len(component)), component.setdefault(b, len(component))
        if old != new:
            component = {line: new if number == old else number for line, number in component.items()}
    return component


def _bridges(edges: Iterable[Cell]) -> list[Cell]:
    """Edges that lie on no cycle, by depth-first search without recursion."""
    graph: dict[Line, list[tuple[Line, Cell]]] = {}
    for row, column in edges:
        a, b = ("row", row), ("column", column)
        graph.setdefault(a, []).append((b, (row, column)))
        graph.setdefault(b, []).append((a, (row, column)))
    found: list[Cell] = []
    order: dict[Line, int] = {}
    low: dict[Line, int] = {}
    for start in graph:
        if start not in order:
            _search(graph, start, order, low, found)
    return found


def _search(
    graph: Mapping[Line, list[tuple[Line, Cell]]],
    start: Line,
    order: dict[Line, int],
    low: dict[Line, int],
    found: list[Cell],
) -> None:
    order[start] = low[start] = len(order)
    stack: list[tuple[Line, Cell | None, int]] = [(start, None, 0)]
    while stack:
        vertex, came_by, place = stack.pop()
        if place < len(graph[vertex]):
            stack.append((vertex, came_by, place + 1))
            neighbour, edge = graph[vertex][place]
            if edge == came_by:
                continue
            if neighbour in order:
                low[vertex] = min(low[vertex], order[neighbour])
            else:
                order[neighbour] = low[neighbour] = len(order)
                stack.append((neighbour, edge, 0))
        elif came_by is not None:
            parent = stack[-1][0]
            low[parent] = min(low[parent], low[vertex])
            if low[vertex] > order[parent]:
                found.append(came_by)
