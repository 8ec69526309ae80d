"""E20: a lesson has all its parts, and each screen one idea. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.items.audit.bank import Bank, audience_of, id_of, listed, parts
from assessments.items.audit.fault import Fault
from assessments.items.audit.plain_text import full_sentences, words
from assessments.items.verdict import Content

_NEEDED = ("steps", "what_can_go_wrong", "practice", "self_check", "take_away")
_MOST_WORDS, _MOST_WORDS_ELDERLY = 60, 40
_MOST_HEADING = 8
_MOST_CARD = 45
_FEWEST, _MOST = 3, 5


def faults(bank: Bank) -> Iterator[Fault]:
    for lesson in bank.lessons:
        for field, message in _problems(lesson, bank):
            yield Fault("E20", id_of(lesson), field, message)


def _problems(lesson: Content, bank: Bank) -> Iterator[tuple[str, str]]:
    yield from _story(lesson)
    screens = parts(lesson, "screens")
    for kind in _NEEDED:
        if not any(screen.get("kind") == kind for screen in screens):
            yield "screens", f"there is no screen “{kind}”"
    yield from _lists(screens)
    for screen in screens:
        yield from _screen(screen, "elderly" in audience_of(lesson))
        for code in map(str, listed(screen.get("items"))):
            if code not in bank.by_id:
                yield f"screens.{screen.get('id')}.items", f"{code} is unknown"


def _story(lesson: Content) -> Iterator[tuple[str, str]]:
    goal = len(full_sentences(str(lesson.get("goal") or "")))
    if goal != 1:
        yield "goal", f"has {goal} sentences, not one"
    story = len(full_sentences(str(lesson.get("why_it_matters") or "")))
    if story != 2:
        yield "why_it_matters", f"has {story} sentences, not two"


def _lists(screens: list[Content]) -> Iterator[tuple[str, str]]:
    for kind, name in (("practice", "items"), ("self_check", "statements")):
        count = sum(len(listed(screen.get(name))) for screen in screens if screen.get("kind") == kind)
        if not _FEWEST <= count <= _MOST:
            yield name, f"are {count}, not {_FEWEST} to {_MOST}"


def _screen(screen: Content, for_elderly: bool) -> Iterator[tuple[str, str]]:
    field = f"screens.{screen.get('id')}"
    count = len(words(str(screen.get("text") or "")))
    if screen.get("kind") == "take_away":
        if not 0 < count <= _MOST_CARD:
            yield f"{field}.text", f"the card has {count} words; {_MOST_CARD} is the most"
    elif count > (_MOST_WORDS_ELDERLY if for_elderly else _MOST_WORDS):
        yield (
            f"{field}.text",
            f"has {count} words; {_MOST_WORDS_ELDERLY if for_elderly else _MOST_WORDS} is the most",
        )
    heading = len(words(str(screen.get("heading") or "")))
    if not 0 < heading <= _MOST_HEADING:
        yield f"{field}.heading", f"has {heading} words, not 1 to {_MOST_HEADING}"
