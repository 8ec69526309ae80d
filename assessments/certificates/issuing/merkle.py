"""A tree of digests, pure: one root stands for a whole batch, and a short path shows that a file belongs to it.

Leaves and nodes are hashed apart, as in RFC 6962, so that a node is never taken for a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def root_of(digests: Sequence[bytes]) -> bytes:
    """Of at least one digest."""
    return _levels(digests)[-1][0]


def path_to(digests: Sequence[bytes], position: int) -> list[tuple[str, bytes]]:
    """From the leaf up: on which side the neighbour stands, and the neighbour. A last one without neighbour rises."""
    path = []
    for level in _levels(digests)[:-1]:
        beside = position ^ 1
        if beside < len(level):
            path.append(("left" if beside < position else "right", level[beside]))
        position //= 2
    return path


def leads_to(digest: bytes, path: Sequence[tuple[str, bytes]], root: bytes) -> bool:
    found = _leaf(digest)
    for side, beside in path:
        found = _node(beside, found) if side == "left" else _node(found, beside)
    return found == root


def _levels(digests: Sequence[bytes]) -> list[list[bytes]]:
    if not digests:
        raise ValueError("a tree needs a leaf")
    levels = [[_leaf(digest) for digest in digests]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [_node(*below[at : at + 2]) for at in range(0, len(below) - 1, 2)]
        levels.append(pairs + ([below[-1]] if len(below) % 2 else []))
    return levels


def _leaf(digest: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + digest).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
