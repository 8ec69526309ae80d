"""The only door of this room for upper rooms.

Lessons: show an item with ``items.api.present(version, practice_seed(version, answer_uuid))``, post it with the
hidden ``answer_uuid``, call ``practise`` and present again with the verdict.
"""

from __future__ import annotations

from assessments.sittings.calibration.expert_parameters import add_expert_parameters
from assessments.sittings.calibration.in_force import Parameter, arrays, calibrations_in_force, parameters_of
from assessments.sittings.counted_answer import Counted, counted_by_sitting
from assessments.sittings.errors import AlreadyFinished, MustWait, NotFound, NotOpen, SittingError, UuidTaken
from assessments.sittings.estimate import (
    ability,
    band_of,
    estimate,
    likelihood,
    parameters_by_item,
    skill_grid,
    skills_passed,
)
from assessments.sittings.export_person import export_person
from assessments.sittings.finish_sitting import finish_sitting
from assessments.sittings.item_statistics import count_items, wrong_item_statistics
from assessments.sittings.lesson_links import LessonLink, register_lesson_reader
from assessments.sittings.level_words import Level, level_of
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
from assessments.sittings.record_hall_responses import (
    HallRecord,
    HallResponse,
    from_hall,
    record_hall_responses,
)
from assessments.sittings.results import results_of
from assessments.sittings.selecting.cuts import cuts_of
from assessments.sittings.start_sitting import start_sitting
from assessments.sittings.submit_response import submit_response

__all__ = [
    "AlreadyFinished",
    "Blueprint",
    "Calibration",
    "Counted",
    "EvidenceClass",
    "HallRecord",
    "HallResponse",
    "ItemEvidence",
    "ItemParameter",
    "LessonLink",
    "Level",
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
    "ability",
    "add_expert_parameters",
    "arrays",
    "band_of",
    "calibrations_in_force",
    "count_items",
    "counted_by_sitting",
    "cuts_of",
    "estimate",
    "export_person",
    "finish_sitting",
    "from_hall",
    "level_of",
    "likelihood",
    "load_starter_blueprints",
    "on_finished",
    "parameters_by_item",
    "parameters_of",
    "practice_seed",
    "practise",
    "record_hall_responses",
    "register_lesson_reader",
    "results_of",
    "skill_grid",
    "skills_passed",
    "start_sitting",
    "submit_response",
    "wrong_item_statistics",
]
