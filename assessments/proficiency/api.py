"""The door of this room: what people and halls reached, and whether the figures agree with a recount."""

from __future__ import annotations

from assessments.proficiency.audit import Difference, recount, register_raw_source
from assessments.proficiency.models import Milestone, PersonSkill, Reached
from assessments.proficiency.person_skill import skills_of_person
from assessments.proficiency.reach import reach
from assessments.proficiency.record_hall_parts import HallCounts, record_hall_parts
from assessments.proficiency.simulated_learning import Learning, register_learning

__all__ = [
    "Difference",
    "HallCounts",
    "Learning",
    "Milestone",
    "PersonSkill",
    "Reached",
    "reach",
    "record_hall_parts",
    "recount",
    "register_learning",
    "register_raw_source",
    "skills_of_person",
]
