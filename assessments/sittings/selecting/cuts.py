"""Where levels start on the scale of a skill, and which answers may still be changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# The median person of the scale lies half-way between them; why: docs/decisions/0011.
BASIC, PROFICIENT = -0.5, 0.5
ONE_BY_ONE, IN_TWO_STAGES = "adaptive", "two_stage"


def cuts_of(frozen: Mapping[str, Any]) -> tuple[float, float]:
    """(basic, proficient) as frozen at the start of a sitting."""
    basic, proficient = frozen.get("cut_basic"), frozen.get("cut_proficient")
    return (BASIC if basic is None else float(basic), PROFICIENT if proficient is None else float(proficient))


def answers_stand(frozen: Mapping[str, Any]) -> bool:
    """Whether later items follow from earlier answers, so that these can no longer be changed."""
    return frozen.get("selection") in {ONE_BY_ONE, IN_TWO_STAGES}
