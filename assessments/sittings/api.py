"""The only door of this room for upper rooms.

Lessons: show an item with ``items.api.present(version, practice_seed(version, answer_uuid))``, post it with the
hidden ``answer_uuid``, call ``practise`` and present again with the verdict.
"""

from __future__ import annotations

from assessments.sittings.errors import AlreadyFinished, MustWait, NotFound, NotOpen, SittingError, UuidTaken
from assessments.sittings.export_person import export_person
from assessments.sittings.finish_sitting import finish_sitting
from assessments.sittings.item_statistics import count_items, wrong_item_statistics
from assessments.sittings.listeners import on_finished
from assessments.sittings.load_starter import load_starter_blueprints
from assessments.sittings.models import Blueprint, EvidenceClass, ItemEvidence, Purpose, Response, Sitting
from assessments.sittings.practise import practice_seed, practise
from assessments.sittings.results import results_of
from assessments.sittings.start_sitting import start_sitting
from assessments.sittings.submit_response import submit_response

__all__ = [
    "AlreadyFinished",
    "Blueprint",
    "EvidenceClass",
    "ItemEvidence",
    "MustWait",
    "NotFound",
    "NotOpen",
    "Purpose",
    "Response",
    "Sitting",
    "SittingError",
    "UuidTaken",
    "count_items",
    "export_person",
    "finish_sitting",
    "load_starter_blueprints",
    "on_finished",
    "practice_seed",
    "practise",
    "results_of",
    "start_sitting",
    "submit_response",
    "wrong_item_statistics",
]
