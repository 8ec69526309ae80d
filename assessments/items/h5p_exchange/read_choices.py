"""MultiChoice, TrueFalse and SingleChoiceSet as items. Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.items.h5p_exchange import parts
from assessments.items.h5p_exchange.plain_text import plain
from assessments.items.h5p_exchange.refusal import NotSayable
from assessments.items.verdict import Content
from media.h5p.scoring.choices import is_single_choice
from media.h5p.scoring.result import mapping, objects

Params = Mapping[str, Any]


def read_multi_choice(params: Params) -> list[Content]:
    options = [
        parts.option(
            place,
            plain(answer.get("text")),
            answer.get("correct") is True,
            plain(mapping(answer.get("tipsAndFeedback")).get("chosenFeedback")),
        )
        for place, answer in enumerate(objects(params.get("answers")))
    ]
    right = sum(one["correct"] for one in options)
    if right == 0:
        raise NotSayable("no-key")
    stem = plain(params.get("question"))
    if not is_single_choice(params):
        return [parts.multiple_choice(stem, options)]
    if right > 1:
        raise NotSayable("several-right")
    kept = mapping(params.get("behaviour")).get("randomAnswers") is False
    return [parts.choice(stem, options) | ({"keep_order": True} if kept else {})]


def read_true_false(params: Params) -> list[Content]:
    key = str(params.get("correct")).lower()
    if key not in ("true", "false"):
        raise NotSayable("no-key")
    behaviour, words = mapping(params.get("behaviour")), mapping(params.get("l10n"))
    feedback = {
        True: plain(behaviour.get("feedbackOnCorrect")) or parts.RIGHT,
        False: plain(behaviour.get("feedbackOnWrong")) or parts.WRONG,
    }
    options = [
        {
            "id": name,
            "text": plain(words.get(f"{name}Text")) or usual,
            "correct": name == key,
            "feedback": feedback[name == key],
        }
        for name, usual in (("true", "Đúng"), ("false", "Sai"))
    ]
    stem = plain(params.get("question"))
    return [{"kind": "true_false", "stem": stem, "answer": key == "true", "options": options}]


def read_single_choice_set(params: Params) -> list[Content]:
    """The first answer of each question is the right one."""
    return [_single_choice(one) for one in objects(params.get("choices"))]


def _single_choice(one: Params) -> Content:
    answers = one.get("answers")
    texts = answers if isinstance(answers, list) else []
    options = [parts.option(place, plain(text), place == 0) for place, text in enumerate(texts)]
    return parts.choice(plain(one.get("question")), options)
