"""Blanks, DragText and MarkTheWords: tasks whose key stands between asterisks in their text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from html import unescape
from typing import Any

from ..errors import ResponseError
from ..marked_words import words
from .result import Detail, Score, flag, mapping, unverified
from .snapshot import Snapshot, index_of, indexes, parts

GAP = re.compile(r"\*(.*?)\*")
_ALTERNATIVE = re.compile(r"(?<!\\)/")
_DRAG_EXTRAS = re.compile(r"(?::|\\[+-]).*", re.DOTALL)
_LONGEST_ANSWER = 1_000


def normal(text: str) -> str:
    """One form of Vietnamese letters and one kind of space, so that keyboards do not decide."""
    return " ".join(unicodedata.normalize("NFC", unescape(text)).split())


def blanks_gaps(params: Mapping[str, Any]) -> list[str]:
    """What stands in each pair of asterisks, over all questions."""
    questions = params.get("questions")
    texts = [text for text in questions if isinstance(text, str)] if isinstance(questions, list) else []
    return [gap for text in texts for gap in GAP.findall(text.replace("\n", " "))]


def score_blanks(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    gaps = blanks_gaps(params)
    answers = _texts(snapshot, snapshot.state, len(gaps))
    behaviour = mapping(params.get("behaviour"))
    cased = flag(behaviour.get("caseSensitive"), True)
    forgiving = flag(behaviour.get("acceptSpellingErrors"), False)
    details = tuple(
        Detail(str(position), float(_fills(gap, answer, cased, forgiving)), 1)
        for position, (gap, answer) in enumerate(zip(gaps, answers, strict=True))
    )
    return Score(sum(detail.raw for detail in details), len(gaps), True, details)


def _texts(snapshot: Snapshot, state: object, count: int) -> list[str]:
    """As many answers as gaps; nothing at all means that every gap was left empty."""
    given: list[Any] = state if isinstance(state, list) else parts(snapshot.response)
    if not given:
        return [""] * count
    if len(given) != count:
        raise ResponseError("impossible-response", f"{len(given)} answers for {count} gaps")
    if not all(isinstance(answer, str) and len(answer) <= _LONGEST_ANSWER for answer in given):
        raise ResponseError("bad-response", "an answer is not a text of proper length")
    return given


def alternatives(gap: str) -> list[str]:
    """``tôi/mình:tip`` → tôi, mình."""
    solution = gap.partition(":")[0]
    return [normal(part.replace("\\/", "/")) for part in _ALTERNATIVE.split(solution)]


def _fills(gap: str, answer: str, cased: bool, forgiving: bool) -> bool:
    given = normal(answer)
    wanted = alternatives(gap)
    if not cased:
        given = given.lower()
        wanted = [text.lower() for text in wanted]
    return given in wanted or (forgiving and any(_is_close(given, text) for text in wanted))


def _is_close(given: str, wanted: str) -> bool:
    allowed = 2 if len(wanted) > 9 else 1 if len(wanted) > 3 else 0
    return bool(allowed) and abs(len(given) - len(wanted)) <= allowed and _distance(given, wanted) <= allowed


def _distance(one: str, other: str) -> int:
    """Damerau-Levenshtein with swaps of neighbours, as the player counts spelling errors."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]


def drag_words(text: object) -> list[str]:
    """The words between asterisks, without tips and feedback."""
    if not isinstance(text, str):
        return []
    return [
        normal(_DRAG_EXTRAS.sub("", gap).rstrip("\\"))
        for line in text.splitlines()
        for gap in GAP.findall(line)
    ]


def score_drag_text(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    """Words that look the same are the same: it does not matter which of two was dropped."""
    wanted = drag_words(params.get("textField"))
    offered = _offered_words(params, wanted)
    dropped = _dropped_words(snapshot, offered, len(wanted))
    used = Counter(word for word in dropped if word)
    if any(count > offered.count(word) for word, count in used.items()):
        raise ResponseError("impossible-response", "a word that is not offered so often")
    details = tuple(
        Detail(str(position), float(word == right), 1)
        for position, (word, right) in enumerate(zip(dropped, wanted, strict=True))
    )
    return Score(sum(detail.raw for detail in details), len(wanted), True, details)


def _offered_words(params: Mapping[str, Any], wanted: list[str]) -> list[str]:
    """In the order of the player's indexes: the gaps' words and then the distractors, unless blinding mixed them."""
    blinded = params.get("blindWords")
    if isinstance(blinded, list):
        return [str(word) for word in blinded]
    return wanted + drag_words(params.get("distractors"))


def _dropped_words(snapshot: Snapshot, offered: list[str], gaps: int) -> list[str]:
    if not isinstance(snapshot.state, list):
        return [normal(text) for text in _texts(snapshot, None, gaps)]
    dropped = [""] * gaps
    taken: set[int] = set()
    for move in snapshot.state:
        word, gap = (
            index_of(mapping(move).get(key), len(of))
            for key, of in (("draggable", offered), ("droppable", dropped))
        )
        if word in taken or dropped[gap]:
            raise ResponseError("impossible-response", "a word or a gap is used twice")
        taken.add(word)
        dropped[gap] = offered[word]
    return dropped


def score_mark_the_words(params: Mapping[str, Any], snapshot: Snapshot) -> Score:
    try:
        found = words(str(params.get("textField", "")))
    except ValueError as problem:
        return unverified(str(problem))
    marked = indexes(snapshot, snapshot.state, len(found))
    details = tuple(Detail(str(index), 1 if found[index].is_answer else -1, 1) for index in marked)
    maximum = sum(word.is_answer for word in found)
    if not maximum:
        return Score(0 if marked else 1, 1, True, details)
    return Score(max(0, sum(detail.raw for detail in details)), maximum, True, details)
