"""Sums over answers in an editor's words: numbers, parts, and what deserves a look."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.items.answer_marks import counts_right_only, meanings
from assessments.items.answer_sums import Sums, discrimination, facility, practice_facility, usual_seconds
from assessments.items.kinds.base import letter
from assessments.items.verdict import Content

# Rules 3 and 4 of the content guide: below these the editor is told.
_ENOUGH = 200
_RARELY = 0.05
_SOME = 50
_HARD, _EASY, _WEAK = 0.2, 0.95, 0.1
# In a conversation not everybody comes to every turn.
_BRANCHING = "conversation"


@dataclass(frozen=True)
class PartLine:
    name: str
    label: str
    right: bool
    count: int
    share: float | None
    rarely: bool


@dataclass(frozen=True)
class AnswerReport:
    numbers: list[int]
    sums: Sums
    facility: float | None
    discrimination: float | None
    seconds: float | None
    practice_facility: float | None
    parts: list[PartLine]
    right_only: bool
    critical: list[tuple[str, int]]
    notes: list[str]


def report_of(content: Content, numbers: list[int], sums: Sums | None) -> AnswerReport:
    sums = sums or Sums()
    parts = _parts(content, sums)
    return AnswerReport(
        numbers=numbers,
        sums=sums,
        facility=facility(sums),
        discrimination=discrimination(sums),
        seconds=usual_seconds(sums),
        practice_facility=practice_facility(sums),
        parts=parts,
        right_only=counts_right_only(content),
        critical=sorted(sums.critical.items(), key=lambda one: (-one[1], one[0])),
        notes=notes_on(sums) + [_rarely_chosen(part) for part in parts if part.rarely],
    )


def notes_on(sums: Sums) -> list[str]:
    """Only once enough people answered."""
    share, correlation = facility(sums), discrimination(sums)
    if share is None or sums.answered < _SOME:
        return []
    notes = []
    if share < _HARD:
        notes.append(_("Very hard: hardly anybody gets it right."))
    if share > _EASY:
        notes.append(_("Very easy: it tells little about people."))
    if correlation is not None and correlation < 0:
        notes.append(_("The abler people get it wrong more often: check the key."))
    elif correlation is not None and correlation < _WEAK:
        notes.append(_("It hardly tells the abler from the others."))
    return notes


def _parts(content: Content, sums: Sums) -> list[PartLine]:
    lettered = bool(content.get("options"))
    right_only = counts_right_only(content) or content.get("kind") == _BRANCHING
    lines = []
    for place, meaning in enumerate(meanings(content)):
        count = sums.marks.get(meaning.mark, 0)
        share = count / sums.answered if sums.answered else None
        rarely = not right_only and not meaning.right and sums.answered >= _ENOUGH
        name = letter(place) if lettered else str(place + 1)
        few = share is not None and share < _RARELY
        lines.append(PartLine(name, meaning.label, meaning.right, count, share, rarely and few))
    return lines


def _rarely_chosen(part: PartLine) -> str:
    return _("“%(label)s” is hardly ever chosen: write a better one.") % {"label": part.label}
