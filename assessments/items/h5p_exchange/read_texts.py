"""Blanks, DragText and MarkTheWords as items: their key stands between asterisks. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assessments.items.h5p_exchange import parts
from assessments.items.h5p_exchange.plain_text import LONGEST, plain, plain_lines
from assessments.items.h5p_exchange.refusal import NotSayable
from assessments.items.verdict import Content
from lms import vietnamese
from media.h5p.marked_words import words
from media.h5p.scoring.result import objects

Params = Mapping[str, Any]
_GAP = re.compile(r"\*([^*]+)\*")
_ALTERNATIVE = re.compile(r"(?<!\\)/")
_FEEDBACK = re.compile(r"\\\+([^\\:]+)")
_DRAG_EXTRAS = re.compile(r"(?::|\\[+-]).*")


def read_blanks(params: Params) -> list[Content]:
    questions = params.get("questions")
    lines = [plain(one) for one in questions] if isinstance(questions, list) else []
    stem, labels, gaps = _laid_out(plain(params.get("text")), lines)
    right, other = _overall(params) if len(gaps) == 1 else ("", "")
    blanks = [
        {
            "id": f"b{place + 1}",
            **({"label": before} if before else {}),
            **({"unit": after} if after else {}),
            "accept": _alternatives(gap),
            "feedback_right": right or parts.RIGHT,
            "feedback_other": other or parts.WRONG,
        }
        for place, ((before, after), gap) in enumerate(zip(labels, gaps, strict=True))
    ]
    return [{"kind": "fill_in", "stem": stem, "blanks": blanks}]


def _laid_out(task: str, lines: list[str]) -> tuple[str, list[tuple[str, str]], list[str]]:
    """Stem, what stands before and after each gap, and the gaps; sentences with several gaps go into the stem."""
    gaps = [gap for line in lines for gap in _GAP.findall(line)]
    if not gaps:
        raise NotSayable("no-key")
    if task and all(len(_GAP.findall(line)) == 1 for line in lines):
        around = [_GAP.split(line) for line in lines]
        return task, [(before.strip(), after.strip()) for before, _, after in around], gaps
    several = len(gaps) > 1
    numbers = iter(range(1, len(gaps) + 1))
    text = " ".join([task, *lines]).strip()
    stem = _GAP.sub(lambda _: f"({next(numbers)}) {parts.BLANK}" if several else parts.BLANK, text)
    if len(stem) > LONGEST:
        raise NotSayable("too-long", stem[:60])
    return stem, [("", "")] * len(gaps), gaps


def _alternatives(gap: str) -> list[str]:
    solution = gap.partition(":")[0]
    found = (vietnamese.normal(one.replace("\\/", "/")) for one in _ALTERNATIVE.split(solution))
    return list(dict.fromkeys(one for one in found if one))


def _overall(params: Params) -> tuple[str, str]:
    """What is said at full points and below."""
    said = {"right": "", "other": ""}
    for one in objects(params.get("overallFeedback")):
        said["right" if one.get("to") == 100 and one.get("from") != 0 else "other"] = plain(
            one.get("feedback")
        )
    return said["right"], said["other"]


def read_drag_text(params: Params) -> list[Content]:
    lines = plain_lines(params.get("textField"))
    task = plain(params.get("taskDescription"))
    gaps = [gap for line in lines for gap in _GAP.findall(line)]
    if not gaps:
        raise NotSayable("no-key")
    lefts = [_GAP.sub(parts.BLANK, line).removesuffix(parts.BLANK).strip() for line in lines]
    if not (task and all(lefts) and all(len(_GAP.findall(line)) == 1 for line in lines)):
        task, _, gaps = _laid_out("", [task, *lines])
        lefts = [f"({place + 1})" for place in range(len(gaps))]
    pairs = [
        parts.pair(place, left, _drag_word(gap), _drag_feedback(gap))
        for place, (left, gap) in enumerate(zip(lefts, gaps, strict=True))
    ]
    spare = [_drag_word(gap) for gap in _GAP.findall(plain(params.get("distractors")))]
    return [parts.match(task, pairs, spare)]


def _drag_word(gap: str) -> str:
    return vietnamese.normal(_DRAG_EXTRAS.sub("", gap))


def _drag_feedback(gap: str) -> str:
    found = _FEEDBACK.search(gap)
    return vietnamese.normal(found[1]) if found else ""


def read_mark_the_words(params: Params) -> list[Content]:
    """Each word that can be marked is an option: the points are counted in the same way."""
    html = params.get("textField")
    text = plain(html)
    found = words(str(html))
    if not any(word.is_answer for word in found):
        raise NotSayable("no-key")
    options = [
        parts.option(place, plain(word.text).replace("*", ""), word.is_answer)
        for place, word in enumerate(found)
    ]
    texts = [one["text"].casefold() for one in options]
    if len(set(texts)) != len(texts):
        raise NotSayable("same-twice")
    stem = f"{plain(params.get('taskDescription'))} {text.replace('*', '')}"
    return [parts.multiple_choice(vietnamese.normal(stem)[:LONGEST], options)]
