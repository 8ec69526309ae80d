"""Differences between versions as sentences for an editor."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.differences import ADDED, MOVED, REMOVED, Difference, Step, as_text, differences
from assessments.items.kinds.base import letter
from assessments.items.verdict import Content

_LONGEST = 400
_FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("title"),
    "stem": gettext_lazy("question"),
    "context": gettext_lazy("what must be known before"),
    "hint": gettext_lazy("hint"),
    "why": gettext_lazy("the why"),
    "next_step": gettext_lazy("what to do today"),
    "feedback": gettext_lazy("explanation"),
    "feedback_right": gettext_lazy("explanation of a right answer"),
    "feedback_wrong": gettext_lazy("explanation of a wrong answer"),
    "feedback_other": gettext_lazy("explanation of another answer"),
    "text": gettext_lazy("wording"),
    "label": gettext_lazy("wording"),
    "says": gettext_lazy("what is said"),
    "speaker": gettext_lazy("who speaks"),
    "sender": gettext_lazy("sender"),
    "correct": gettext_lazy("right answer"),
    "genuine": gettext_lazy("genuine"),
    "fault": gettext_lazy("a fault"),
    "points": gettext_lazy("points"),
    "critical": gettext_lazy("critical error"),
    "goto": gettext_lazy("goes on with"),
    "accept": gettext_lazy("accepted answers"),
    "answer": gettext_lazy("right answer"),
    "rect": gettext_lazy("place in the picture"),
    "alt": gettext_lazy("alternative text"),
    "audio_script": gettext_lazy("text read aloud"),
    "source": gettext_lazy("source"),
    "legal_basis": gettext_lazy("legal basis"),
    "facts": gettext_lazy("facts"),
    "mark": gettext_lazy("how sure"),
    "verified_on": gettext_lazy("verified on"),
    "review_by": gettext_lazy("review by"),
    "tags": gettext_lazy("tags"),
    "audience": gettext_lazy("audience"),
    "outcome": gettext_lazy("outcome"),
    "difficulty": gettext_lazy("difficulty guess"),
    "enemies": gettext_lazy("items that give it away"),
    "misconceptions": gettext_lazy("wrong ideas behind the options"),
    "state": gettext_lazy("state"),
    "position": gettext_lazy("place in the order"),
    "when": gettext_lazy("condition"),
    "then": gettext_lazy("what happens"),
    "situation": gettext_lazy("situation"),
    "ask": gettext_lazy("what is asked"),
    "simulation": gettext_lazy("task"),
    "brief": gettext_lazy("brief"),
    "private": gettext_lazy("judgement"),
    "picture": gettext_lazy("picture"),
    "recorded": gettext_lazy("recorded ways"),
}
_PARTS: dict[str, str | Promise] = {
    "options": gettext_lazy("Answer option"),
    "cards": gettext_lazy("Card"),
    "pairs": gettext_lazy("Pair"),
    "extra_right": gettext_lazy("Spare answer"),
    "regions": gettext_lazy("Region"),
    "messages": gettext_lazy("Message"),
    "addresses": gettext_lazy("Address"),
    "fields": gettext_lazy("Field"),
    "nodes": gettext_lazy("Turn"),
    "choices": gettext_lazy("Choice"),
    "groups": gettext_lazy("Group"),
    "blanks": gettext_lazy("Blank"),
    "questions": gettext_lazy("Question"),
    "checklist": gettext_lazy("Act"),
    "critical_errors": gettext_lazy("Critical error"),
    "common_errors": gettext_lazy("Usual slip"),
    "screens": gettext_lazy("Screen"),
    "criteria": gettext_lazy("Criterion"),
    "critical": gettext_lazy("Critical error"),
    "hints": gettext_lazy("Hint"),
    "sources": gettext_lazy("Source"),
    "variants": gettext_lazy("Variant"),
}
_ELEMENTS: dict[str, str | Promise] = {
    "button": gettext_lazy("Button"),
    "icon": gettext_lazy("Icon"),
    "link": gettext_lazy("Link"),
    "text": gettext_lazy("Text"),
    "heading": gettext_lazy("Heading"),
    "field": gettext_lazy("Field to fill in"),
    "card": gettext_lazy("Card"),
    "picture": gettext_lazy("Picture"),
    "thread": gettext_lazy("Messages"),
    "permission": gettext_lazy("Permission"),
}
_LETTERED = {"options"}


def difference_lines(before: Content, after: Content) -> list[str]:
    """One sentence a difference."""
    return [_line(one) for one in differences(before, after)]


def _line(one: Difference) -> str:
    *above, last = one.where
    words = {
        "place": ", ".join(_step(step) for step in above if step.place is not None),
        "field": _step(last),
        "before": _shown(one.before),
        "after": _shown(one.after),
    }
    if one.how == ADDED:
        line = _("%(field)s was added: “%(after)s”") % words
    elif one.how == REMOVED:
        line = _("%(field)s was removed: “%(before)s”") % words
    elif one.how == MOVED:
        line = _("%(field)s: the order changed from “%(before)s” to “%(after)s”") % words
    elif not words["before"]:
        line = _("%(field)s is new: “%(after)s”") % words
    elif not words["after"]:
        line = _("%(field)s was emptied; before: “%(before)s”") % words
    else:
        line = _("%(field)s changed from “%(before)s” to “%(after)s”") % words
    return f"{words['place']}: {line}" if words["place"] else line[:1].upper() + line[1:]


def _step(step: Step) -> str:
    if step.place is None:
        return str(_FIELDS.get(step.field) or _PARTS.get(step.field) or step.field)
    if step.field in _LETTERED:
        return f"{_PARTS[step.field]} {letter(step.place)}"
    name = f"“{_cut(step.name, 60)}”" if step.name else str(step.place + 1)
    sort = _ELEMENTS.get(step.sort) or _PARTS.get(step.field) or _("Part")
    return f"{sort} {name}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return _cut("; ".join(value), _LONGEST)
    return _cut(as_text(value), _LONGEST)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def changed_lists(versions: Sequence[Any]) -> dict[int, list[str]]:
    """By primary key of a version: how it differs from the one before; the oldest has nothing before it."""
    ordered = sorted(versions, key=lambda version: version.number)
    found: dict[int, list[str]] = {}
    for older, newer in itertools.pairwise(ordered):
        found[newer.pk] = difference_lines(older.content, newer.content)
    return found
