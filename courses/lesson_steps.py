"""A lesson as its page shows it: one open step, what came before, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessments.items.api import Fact
from courses.lesson_text import plain_list

if TYPE_CHECKING:
    from courses.models import LessonPage

# A lesson with more steps folds all but the next one away, so that the open step stays at the top of a phone.
_SHORT = 5


@dataclass(frozen=True)
class Step:
    number: int
    heading: str
    state: str


@dataclass(frozen=True)
class Screen:
    """An open step with all that stands in it."""

    number: int
    kind: str
    value: Any
    facts: Sequence[Fact]

    @property
    def recording_url(self) -> str:
        recording = self.value["recording"]
        return recording.file.url if recording else ""


@dataclass(frozen=True)
class Trail:
    """The steps around the open one."""

    folded_before: Sequence[Step]
    before: Sequence[Step]
    after: Sequence[Step]
    folded_after: Sequence[Step]


def steps_of(lesson: LessonPage, now: int) -> list[Step]:
    """Headings only, from the stored form: no picture or recording is fetched for a closed step."""
    steps = []
    for number, raw in enumerate(lesson.screens.raw_data, start=1):
        state = "now" if number == now else ("done" if number < now else "next")
        steps.append(Step(number, raw["value"].get("heading", ""), state))
    return steps


def trail_of(steps: Sequence[Step], now: int) -> Trail:
    before, after = steps[: now - 1], steps[now:]
    if len(steps) <= _SHORT:
        return Trail((), before, after, ())
    return Trail(before, (), after[:1], after[1:])


def open_screens(lesson: LessonPage, numbers: Sequence[int]) -> list[Screen]:
    raw = lesson.screens.raw_data
    codes = {number: plain_list(raw[number - 1]["value"].get("facts")) for number in numbers}
    known = Fact.objects.in_bulk({code for some in codes.values() for code in some}, field_name="key")
    screens = []
    for number in numbers:
        block = lesson.screens[number - 1]
        facts = [known[code] for code in codes[number] if code in known]
        screens.append(Screen(number, block.block_type, block.value, facts))
    return screens
