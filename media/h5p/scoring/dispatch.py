"""Finds the scoring of a content type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..walk import machine_name
from .branching import score_branching
from .choices import score_multi_choice, score_single_choice_set, score_true_false
from .compound import score_compound, score_question_set
from .dragging import score_drag_question
from .result import Score, unverified
from .screen import score_screen
from .sequence import score_sequence
from .snapshot import Snapshot, read_snapshot
from .story import score_story
from .texts import score_blanks, score_drag_text, score_mark_the_words

ONE_QUESTION: Mapping[str, Callable[[Mapping[str, Any], Snapshot], Score]] = {
    "H5P.MultiChoice": score_multi_choice,
    "H5P.TrueFalse": score_true_false,
    "H5P.Blanks": score_blanks,
    "H5P.DragText": score_drag_text,
    "H5P.DragQuestion": score_drag_question,
    "H5P.MarkTheWords": score_mark_the_words,
    "H5P.SingleChoiceSet": score_single_choice_set,
    "BinhDan.Sequence": score_sequence,
    "BinhDan.Branching": score_story,
    "BinhDan.Screen": score_screen,
    "BinhDan.Choice": score_multi_choice,  # our own small library, with the same parameters
}
SUM_OF_CHILDREN = frozenset({"H5P.InteractiveVideo", "H5P.CoursePresentation"})


def score(main_library: object, params: Mapping[str, Any], snapshot: object) -> Score:
    """``main_library`` with or without its version. Raises ``ResponseError`` for what no player can send."""
    library = machine_name(main_library)
    given = read_snapshot(snapshot)
    if library in ONE_QUESTION:
        return ONE_QUESTION[library](params, given)
    if library == "H5P.QuestionSet":
        return score_question_set(params, given, score)
    if library in SUM_OF_CHILDREN:
        return score_compound(library, params, given, score)
    if library == "H5P.BranchingScenario":
        return score_branching(params, given, score)
    return unverified(f"no scoring for {library[:80]}")
