"""Parts of items as an import makes them. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from assessments.items.h5p_exchange.refusal import NotSayable
from assessments.items.verdict import Content

# An item needs words on every part; the editor replaces these before the review.
RIGHT, WRONG = "Đúng.", "Chưa đúng."
BLANK = "____"
MOST_PARTS = 12


def part_id(place: int) -> str:
    if place >= MOST_PARTS:
        raise NotSayable("too-many-parts")
    return ascii_lowercase[place]


def option(place: int, text: str, correct: bool, feedback: str = "") -> Content:
    return {
        "id": part_id(place),
        "text": text,
        "correct": correct,
        "feedback": feedback or (RIGHT if correct else WRONG),
    }


def choice(stem: str, options: Sequence[Content]) -> Content:
    return {"kind": "choice", "stem": stem, "options": list(options)}


def multiple_choice(stem: str, options: Sequence[Content]) -> Content:
    right = sum(one["correct"] for one in options)
    return {"kind": "multiple_choice", "stem": stem, "select": right, "options": list(options)}


def pair(place: int, left: str, right: str, feedback: str = "") -> Content:
    return {"id": part_id(place), "left": left, "right": right, "feedback": feedback or RIGHT}


def match(stem: str, pairs: Sequence[Content], spare: Sequence[str]) -> Content:
    extra = [
        {"id": f"x{place + 1}", "text": text, "feedback": WRONG}
        for place, text in enumerate(spare[:MOST_PARTS])
    ]
    return {"kind": "match", "stem": stem, "pairs": list(pairs)} | ({"extra_right": extra} if extra else {})
