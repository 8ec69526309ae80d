"""The eight question types of H5P as contents of items; all of a package or nothing. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assessments.items.h5p_exchange.read_choices import (
    read_multi_choice,
    read_single_choice_set,
    read_true_false,
)
from assessments.items.h5p_exchange.read_drag_question import read_drag_question
from assessments.items.h5p_exchange.read_texts import read_blanks, read_drag_text, read_mark_the_words
from assessments.items.h5p_exchange.refusal import NotSayable
from assessments.items.verdict import Content
from media.h5p.scoring.result import mapping, objects
from media.h5p.walk import machine_name

MOST_ITEMS = 50
_READERS: Mapping[str, Callable[[Mapping[str, Any]], list[Content]]] = {
    "H5P.MultiChoice": read_multi_choice,
    "H5P.TrueFalse": read_true_false,
    "H5P.Blanks": read_blanks,
    "H5P.DragText": read_drag_text,
    "H5P.DragQuestion": read_drag_question,
    "H5P.MarkTheWords": read_mark_the_words,
    "H5P.SingleChoiceSet": read_single_choice_set,
}


def contents_of(library: str, params: Mapping[str, Any]) -> list[Content]:
    """What each question asks, without code, outcome and words around it. Raises ``NotSayable``."""
    found = _questions_of_set(params) if library == "H5P.QuestionSet" else _read(library, params)
    if not found:
        raise NotSayable("no-questions")
    if len(found) > MOST_ITEMS:
        raise NotSayable("too-many-items")
    if not all(content["stem"] for content in found):
        raise NotSayable("no-stem")
    return found


def _questions_of_set(params: Mapping[str, Any]) -> list[Content]:
    questions = objects(params.get("questions"))
    if len(questions) > MOST_ITEMS:
        raise NotSayable("too-many-items")
    return [
        content
        for question in questions
        for content in _read(machine_name(question.get("library")), mapping(question.get("params")))
    ]


def _read(library: str, params: Mapping[str, Any]) -> list[Content]:
    reader = _READERS.get(library)
    if reader is None:
        raise NotSayable("unknown-type", library)
    # Content of its own that goes with the question: without it the words may mean something else.
    if mapping(mapping(params.get("media")).get("type")).get("library"):
        raise NotSayable("has-media")
    return reader(params)
