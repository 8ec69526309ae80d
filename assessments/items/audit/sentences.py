"""E09, E18: how long a sentence and how much reading an item may be. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.items.audit.bank import CITIZENS, Bank, audience_of, difficulty_of, id_of, letters_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.plain_text import sentences, short, words
from assessments.items.audit.texts import item_text, texts_of
from assessments.items.verdict import Content

MOST_WORDS = 25
_LONG = 18
_LOAD = {1: 60, 2: 60, 3: 110, 4: 110, 5: 170, 6: 170}
_MORE_TO_READ = {"MA": 1.4, "SG": 1.4, "OR": 1.4, "TR": 1.8, "DC": 1.8, "CV": 1.8, "QR": 1.8}


def faults(bank: Bank) -> Iterator[Fault]:
    for content in [*bank.audited, *bank.lessons]:
        if audience_of(content) & CITIZENS:
            yield from _long(content)
    for item in bank.audited:
        if item.get("kind") != "simulated_task":
            yield from _load(item)


def _long(content: Content) -> Iterator[Fault]:
    most = content.get("max_words_per_sentence")
    most = most if isinstance(most, int) and most < MOST_WORDS else MOST_WORDS
    for field, text in texts_of(content):
        for sentence in sentences(text):
            count = len(words(sentence))
            if count > min(most, _LONG):
                yield Fault(
                    "E09", id_of(content), field, f"{count} words: {short(sentence)}", warning=count <= most
                )


def _load(item: Content) -> Iterator[Fault]:
    most = _LOAD.get(difficulty_of(item), 170) * _MORE_TO_READ.get(letters_of(item), 1)
    count = len(words(item_text(item)))
    if count > most:
        yield Fault(
            "E18", id_of(item), "stem", f"{count} words to read; {most:g} at difficulty {difficulty_of(item)}"
        )
