"""The only door of this room for other rooms.

An item is shown in three steps: ``present`` (put ``items/item.html`` into a form), ``read_answer``, ``grade``;
then ``present`` again with the answer and the verdict. The seed decides the order of the parts; it stays on the
server, because positions are all that a browser sends.
"""

from __future__ import annotations

from assessments.items.answer_marks import marks_of
from assessments.items.answer_sums import Answered, Sums, measured, practised
from assessments.items.audit.read_files import UnreadableError
from assessments.items.audit_bank import Audit, audit_files, audit_stored, bank_is_loaded
from assessments.items.change_state import StateRefused, change_state
from assessments.items.count_answers import add_sums, every_sum
from assessments.items.draw_items import SkillPart, deliverable, draw, draw_among
from assessments.items.facts import facts_overdue
from assessments.items.guess_rate import EXPERT_B, guess_rate
from assessments.items.kinds import get_kind
from assessments.items.kinds.base import ItemKind
from assessments.items.load_outcomes import load_outcomes
from assessments.items.load_starter import LoadReport, load_items, load_starter_items
from assessments.items.models import Fact, Item, ItemState, ItemVersion, Outcome, Skill
from assessments.items.present_item import PresentedItem, grade, present, read_answer
from assessments.items.promote_pilots import promote_pilots
from assessments.items.simulation.frame_context import frame_context
from assessments.items.simulation.pictures import picture
from assessments.items.simulation.play import Play, resume
from assessments.items.simulation.public_state import hint_screens, public_state
from assessments.items.simulation.record_path import record_path
from assessments.items.simulation.stepped import Applied, apply_form
from assessments.items.simulation.trace_check import Accepted, accept, digest, many_refusals
from assessments.items.simulation.words import frame_words, problem_words
from assessments.items.verdict import Answer, BadAnswer, Remark, Verdict

__all__ = [
    "EXPERT_B",
    "Accepted",
    "Answer",
    "Answered",
    "Applied",
    "Audit",
    "BadAnswer",
    "Fact",
    "Item",
    "ItemKind",
    "ItemState",
    "ItemVersion",
    "LoadReport",
    "Outcome",
    "Play",
    "PresentedItem",
    "Remark",
    "Skill",
    "SkillPart",
    "StateRefused",
    "Sums",
    "UnreadableError",
    "Verdict",
    "accept",
    "add_sums",
    "apply_form",
    "audit_files",
    "audit_stored",
    "bank_is_loaded",
    "change_state",
    "deliverable",
    "digest",
    "draw",
    "draw_among",
    "every_sum",
    "facts_overdue",
    "frame_context",
    "frame_words",
    "get_kind",
    "grade",
    "guess_rate",
    "hint_screens",
    "load_items",
    "load_outcomes",
    "load_starter_items",
    "many_refusals",
    "marks_of",
    "measured",
    "picture",
    "practised",
    "present",
    "problem_words",
    "promote_pilots",
    "public_state",
    "read_answer",
    "record_path",
    "resume",
]
