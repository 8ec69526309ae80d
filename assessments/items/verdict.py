"""What grading says about an answer. Pure: imports no Django."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# The JSON of an item version, and the JSON of an answer, which names parts by the author's ids.
Content = dict[str, Any]
Answer = dict[str, Any]

# Every item weighs the same: its points are a share of one.
FULL = 1.0


@dataclass(frozen=True)
class Remark:
    """Feedback on one part of the item: an option, a card, a blank."""

    part: str
    right: bool
    text: str


@dataclass(frozen=True)
class Verdict:
    """Points of an answer, with what may be said about it once it may be seen."""

    points: float
    correct: bool
    remarks: tuple[Remark, ...] = ()
    critical: tuple[str, ...] = ()
    max_points: float = FULL
    answer: Answer = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        return [remark.text for remark in self.remarks if remark.text]


class BadAnswer(Exception):
    """The form cannot be read as an answer.

    ``message`` says why, in words for the learner. It is empty when nothing is wrong and the form is only
    shown again (a card was moved up without JavaScript). ``draft`` is what was filled in so far.
    """

    def __init__(self, message: str = "", draft: Answer | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.draft = draft


def verdict_of(
    share: float, answer: Answer, remarks: tuple[Remark, ...] = (), critical: tuple[str, ...] = ()
) -> Verdict:
    """A verdict from a share of the points; whatever the kind computed, it stays between nothing and all."""
    points = round(min(max(share, 0.0), 1.0), 6)
    return Verdict(points, points >= FULL and not critical, remarks, critical, FULL, answer)
