"""What scoring says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Detail:
    """One part of the whole: an option, a gap, a question of a set."""

    part: str
    raw: float
    maximum: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """``verified`` only if every point was recomputed from the key; otherwise the numbers count for nothing."""

    raw: float
    maximum: float
    verified: bool
    details: tuple[Detail, ...] = ()


def unverified(note: str) -> Score:
    return Score(0, 0, False, (Detail("", 0, 0, note),))


def number(value: object, default: float) -> float:
    """A finite number from parameters that an author may have broken."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return default
    return value


def flag(value: object, default: bool) -> bool:
    return value if isinstance(value, bool) else default


def mapping(value: object) -> dict[str, Any]:
    """The object that a parameter should be; an empty one if it is something else."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[dict[str, Any]]:
    """The list that a parameter should be; parts that are no objects become empty ones and keep their place."""
    return [mapping(one) for one in value] if isinstance(value, list) else []
