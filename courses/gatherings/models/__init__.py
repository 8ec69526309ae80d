"""Plans, gatherings, seats, answers, tallies and events, one module per concept."""

from __future__ import annotations

from courses.gatherings.models.answer import Ballots, HallAnswer, Via
from courses.gatherings.models.bundle import BundleWay, ImportedBundle
from courses.gatherings.models.event import LiveEvent
from courses.gatherings.models.gathering import Gathering, Phase
from courses.gatherings.models.hall_node import HallNode
from courses.gatherings.models.launch import Following
from courses.gatherings.models.minutes import Minutes, MinutesState
from courses.gatherings.models.plan import Plan
from courses.gatherings.models.seat import Seat, SeatKind
from courses.gatherings.models.tally import CountedBy, HandCount

__all__ = [
    "Ballots",
    "BundleWay",
    "CountedBy",
    "Following",
    "Gathering",
    "HallAnswer",
    "HallNode",
    "HandCount",
    "ImportedBundle",
    "LiveEvent",
    "Minutes",
    "MinutesState",
    "Phase",
    "Plan",
    "Seat",
    "SeatKind",
    "Via",
]
