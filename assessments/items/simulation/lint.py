"""All faults of a task, every variant included; what an editor sees before publishing. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from assessments.items.simulation.fault import Fault
from assessments.items.simulation.lint_evidence import evidence_faults
from assessments.items.simulation.lint_structure import structure_faults
from assessments.items.simulation.lint_text import text_faults
from assessments.items.simulation.world import World

__all__ = ["Fault", "lint"]


def lint(task: dict[str, Any], today: date, *, walks: bool = True) -> list[Fault]:
    """Errors and warnings; a broken structure is told first, because nothing can be played on it."""
    found: dict[tuple[str, str], Fault] = {}
    for number in range(len(task.get("variants") or [{}])):
        world = World.of(task, number)
        faults = structure_faults(world)
        if not any(fault.level == "error" for fault in faults):
            faults += text_faults(world, today) + evidence_faults(world, walks=walks and number == 0)
        for fault in faults:
            found.setdefault((fault.code, fault.where), fault)
    return list(found.values())
