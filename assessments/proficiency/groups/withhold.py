"""Which groups must not be shown, over the whole tree: small ones, and those that give small ones away. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.proficiency.groups.pooling import Group
from assessments.proficiency.suppress import ALL, hidden_cells, hidden_in_row


@dataclass(frozen=True)
class Node:
    """A unit of the tree: its parent's path is its own without the last step."""

    pk: int
    path: str
    kind: str
    parent_path: str


def withheld(
    nodes: Sequence[Node],
    partitions: Iterable[Collection[str]],
    audiences: Sequence[str],
    people: Mapping[Group, int],
) -> set[Group]:
    """Decided from the top down, as for the counts: a number is hidden on every page or on none."""
    kinds = list(partitions)
    children: dict[str, list[Node]] = {}
    for node in nodes:
        children.setdefault(node.parent_path, []).append(node)
    hidden: set[tuple[object, str]] = set()
    for node in sorted(nodes, key=lambda one: one.path):
        row = _row(node, audiences, people)
        if not node.parent_path:
            hidden |= {(node.pk, column) for column in hidden_in_row(row)}
        if not row[ALL]:
            continue
        above = [column for column in row if (node.pk, column) in hidden]
        for partition in kinds:
            parts = [one for one in children.get(node.path, []) if one.kind in partition]
            counts: dict[Hashable, dict[str, int]] = {one.pk: _row(one, audiences, people) for one in parts}
            hidden |= hidden_cells(counts, row, above) if parts else set()
    return {(int(str(pk)), "" if column == ALL else column) for pk, column in hidden}


def _row(node: Node, audiences: Sequence[str], people: Mapping[Group, int]) -> dict[str, int]:
    counts = {audience: people.get((node.pk, audience), 0) for audience in audiences}
    return {**counts, ALL: people.get((node.pk, ""), 0)}
