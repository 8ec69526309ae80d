"""E15, E16: a question that does not trick and does not tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assessments.items.audit.bank import Bank, id_of, tags_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.plain_text import folded_tokens, full_sentences, short
from assessments.items.audit.texts import key_texts, wrong_texts
from assessments.items.verdict import Content
from lms import vietnamese

_NEGATIVE_TAG = "negative-stem"
_NEGATION = re.compile(r"\b(?:không|chưa|đừng|chẳng|sai)\b", re.IGNORECASE)
# “… không?”, “… hay chưa?”, “có … không” ask; “số không” counts.
_ASKING = re.compile(
    r"(?:\bhay\s+)?\b(?:không|chưa)\b(?=\s*[?”\"]*\s*$)|\bsố không\b|\bhay (?:không|chưa)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,.;:?!…–“”\n]+")
_ASKS_FOR_WRONG = re.compile(
    r"\b(?:không nên|không phải|không được|không đúng|chưa đúng|đừng|sai)\b", re.IGNORECASE
)
# The name of an answer or somebody's words, not the question.
_QUOTED = re.compile(r"“[^”]*”")
_ABSOLUTE = re.compile(r"\b(?:luôn|chỉ|mọi|không bao giờ)\b", re.IGNORECASE)
_LETTERS = 4


def faults(bank: Bank) -> Iterator[Fault]:
    for item in bank.audited:
        stem = str(item.get("stem") or "")
        yield from _negations(item, stem)
        if item.get("kind") == "choice":
            yield from _clue(item, stem)
        if item.get("kind") == "true_false" and _ABSOLUTE.search(stem):
            yield Fault("E16", id_of(item), "stem", f"an absolute word tells: {short(stem)}", warning=True)


def _negations(item: Content, stem: str) -> Iterator[Fault]:
    for sentence in full_sentences(stem):
        for clause in _CLAUSE.split(_ASKING.sub(" ", sentence)):
            if len(_NEGATION.findall(clause)) > 1:
                yield Fault("E15", id_of(item), "stem", f"two negations: {short(clause)}")
    asked = (full_sentences(stem) or [""])[-1]
    tagged = _NEGATIVE_TAG in tags_of(item)
    if _ASKS_FOR_WRONG.search(_ASKING.sub(" ", _QUOTED.sub(" ", asked))) and not tagged:
        yield Fault(
            "E15",
            id_of(item),
            "tags",
            f"the stem is negative, but not tagged {_NEGATIVE_TAG}: {short(asked)}",
        )


def _clue(item: Content, stem: str) -> Iterator[Fault]:
    asked = set(folded_tokens((full_sentences(stem) or [""])[-1]))
    key = set(folded_tokens(" ".join(key_texts(item))))
    wrong = set(folded_tokens(" ".join(wrong_texts(item))))
    clues = sorted(word for word in asked & key - wrong if len(vietnamese.folded(word)) >= _LETTERS)
    if clues:
        yield Fault("E16", id_of(item), "options", f"only the key repeats {', '.join(clues)}", warning=True)
