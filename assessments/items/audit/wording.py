"""E14: the words of people, and no answer by its letter. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assessments.items.audit.bank import Bank, id_of, task_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.plain_text import sentences, short
from assessments.items.audit.texts import texts_of
from assessments.items.verdict import Content

_BANNED = re.compile(
    r"tất cả (?:các )?đáp án|không (?:có )?đáp án nào|cả A và B|đáp án [A-F]\b|Chính xác!|Sai rồi!",
    re.IGNORECASE,
)
# A word that stands on a real screen keeps its spelling in quotation marks and is explained beside them.
_GLOSSED = re.compile(r"“[^”]*”\s*(?:\(|:|,? ?(?:nghĩa là|tức là|là)\b)")
_SCREEN = re.compile(r"(?:screens|parts)\.")
_FORMS = {"ong_ba": "ông bà", "ba_con": "bà con", "anh_chi": "anh chị", "ban": "bạn", "dong_chi": "đồng chí"}


def faults(bank: Bank) -> Iterator[Fault]:
    banned = _patterns(bank.plain_words)
    for content in [*bank.audited, *bank.lessons]:
        is_task = bool(task_of(content))
        for field, text in texts_of(content):
            for found in _BANNED.findall(text):
                yield Fault("E14", id_of(content), field, f"“{found}” is banned: {short(text)}")
            plain = _GLOSSED.sub(" ", text)
            for word, pattern in banned.items():
                if pattern.search(plain):
                    message = f"“{word}”: viết “{bank.plain_words[word]}”: {short(text)}"
                    # A simulated screen quotes a real one, whose words people must meet.
                    quoted = is_task and _SCREEN.match(field) is not None
                    yield Fault("E14", id_of(content), field, message, warning=quoted)
    for lesson in bank.lessons:
        yield from _address(lesson)


def _patterns(plain_words: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """Whole words; in order of length, so that the longest name is told."""
    return {
        word: re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        for word in sorted(plain_words, key=len, reverse=True)
    }


def _address(lesson: Content) -> Iterator[Fault]:
    """Another form of address at the head of a sentence speaks to somebody else."""
    own = _FORMS.get(str(lesson.get("address")))
    others = [form for form in _FORMS.values() if form != own]
    spoken_to = re.compile(rf"^(?:{'|'.join(others)})\b(?! bè)", re.IGNORECASE)
    for field, text in texts_of(lesson):
        for sentence in sentences(text):
            found = spoken_to.match(sentence)
            if found:
                message = f"says “{found.group()}”, the lesson says “{own}”: {short(sentence)}"
                yield Fault("E14", id_of(lesson), field, message, warning=True)
