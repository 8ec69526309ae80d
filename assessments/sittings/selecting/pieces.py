"""Items of a calibration with their parameters, kept in the cache because they never change once in force."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.cache import cache

from assessments.sittings.calibration.in_force import Parameter
from assessments.sittings.calibration.models import ItemParameter, ParameterStatus

_SECONDS = 3600


@dataclass(frozen=True)
class Piece:
    """What selecting and scoring must know about an item."""

    item: int
    code: str
    outcome: int
    enemies: frozenset[str]
    parameter: Parameter


def pieces_of(calibration: int, needed: Collection[int]) -> dict[int, Piece]:
    """By item, all of the calibration. Items may be added to it, so that one that is missing is looked for again."""
    key = f"sittings:pieces:{calibration}"
    known: dict[int, Piece] | None = cache.get(key)
    if known is None or not known.keys() >= set(needed):
        known = _read(calibration)
        cache.set(key, known, _SECONDS)
    return known


def _read(calibration: int) -> dict[int, Piece]:
    rows = ItemParameter.objects.filter(calibration=calibration).order_by("item")
    fields = ("item", "item__code", "item__outcome", "item__enemies", "a", "b", "c", "status")
    return {
        item: Piece(
            item,
            code,
            outcome,
            frozenset(enemies),
            Parameter(a, b, c, status == ParameterStatus.EXPERT),
        )
        for item, code, outcome, enemies, a, b, c, status in rows.values_list(*fields)
    }
