"""The only door of this room for upper rooms.

Lessons: show an item with ``items.api.present(version, practice_seed(version, answer_uuid))``, post it with the
hidden ``answer_uuid``, call ``practise`` and present again with the verdict.
"""

from __future__ import annotations

from assessments.sittings.calibration.expert_parameters import add_expert_parameters
from assessments.sittings.calibration.in_force import Parameter, arrays, calibrations_in_force, parameters_of
from assessments.sittings.errors import AlreadyFinished, MustWait, NotFound, NotOpen, SittingError, UuidTaken
from assessments.sittings.export_person import export_person
from assessments.sittings.finish_sitting import finish_sitting
from assessments.sittings.item_statistics import count_items, wrong_item_statistics
from assessments.sittings.listeners import on_finished
from assessments.sittings.load_starter import load_starter_blueprints
from assessments.sittings.models import (
    Blueprint,
    Calibration,
    EvidenceClass,
    ItemEvidence,
    ItemParameter,
    Purpose,
    Response,
    Sitting,
    SittingItem,
)
from assessments.sittings.practise import practice_seed, practise
from assessments.sittings.results import results_of
from assessments.sittings.start_sitting import start_sitting
from assessments.sittings.submit_response import submit_response

__all__ = [
    "AlreadyFinished",
    "Blueprint",
    "Calibration",
    "EvidenceClass",
    "ItemEvidence",
    "ItemParameter",
    "MustWait",
    "NotFound",
    "NotOpen",
    "Parameter",
    "Purpose",
    "Response",
    "Sitting",
    "SittingError",
    "SittingItem",
    "UuidTaken",
    "add_expert_parameters",
    "arrays",
    "calibrations_in_force",
    "count_items",
    "export_person",
    "finish_sitting",
    "load_starter_blueprints",
    "on_finished",
    "parameters_of",
    "practice_seed",
    "practise",
    "results_of",
    "start_sitting",
    "submit_response",
    "wrong_item_statistics",
]
