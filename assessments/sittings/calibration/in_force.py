"""Which parameters a sitting that starts now is frozen to, and any calibration as arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessments.sittings.calibration.models import Calibration, ItemParameter, ParameterStatus, RunState

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Parameter:
    """a, b, c of one item; ``expert`` while no answers stand behind it."""

    a: float
    b: float
    c: float
    expert: bool


def calibrations_in_force(skill_codes: Collection[str]) -> dict[str, int]:
    """Primary keys by skill; a skill without any is left out."""
    found = Calibration.objects.filter(skill__code__in=skill_codes, state=RunState.IN_FORCE)
    return dict(found.values_list("skill__code", "pk"))


def parameters_of(
    calibration_ids: Collection[int], item_ids: Collection[int] | None = None
) -> dict[int, Parameter]:
    """By item, in one query."""
    rows = ItemParameter.objects.filter(calibration__in=calibration_ids)
    if item_ids is not None:
        rows = rows.filter(item__in=item_ids)
    return {
        item: Parameter(a, b, c, status == ParameterStatus.EXPERT)
        for item, a, b, c, status in rows.values_list("item", "a", "b", "c", "status")
    }


def arrays(parameters: Mapping[int, Parameter], item_ids: Collection[int]) -> tuple[Floats, Floats, Floats]:
    """a, b, c of these items in their order, each (items,)."""
    chosen = [parameters[item] for item in item_ids]
    return (
        np.array([one.a for one in chosen], dtype=np.float64),
        np.array([one.b for one in chosen], dtype=np.float64),
        np.array([one.c for one in chosen], dtype=np.float64),
    )
