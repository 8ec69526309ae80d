"""Who may play where. The rooms above know places; this room only asks them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lms.accounts.api import Person


@dataclass(frozen=True)
class Admission:
    """``enrolment`` is set when the place asks for one and the person has it."""

    allowed: bool
    enrolment: int | None = None


Gate = Callable[[Person | None, str, int], Admission]
_gates: dict[str, Gate] = {}


def register_gate(prefix: str, gate: Gate) -> None:
    """``gate(person, where, activity)`` for places named ``prefix:…``; nobody is a visitor without an account."""
    _gates[prefix] = gate


def admission(person: Person | None, where: str, activity: int) -> Admission:
    """A place that nobody answers for admits nobody; the empty place is practice without a lesson."""
    if not where:
        return Admission(allowed=True)
    gate = _gates.get(where.partition(":")[0])
    return gate(person, where, activity) if gate else Admission(allowed=False)
