"""Pure: the scoring sheet of a cell's session.

Guidance of one ward under HD 42-HD/BTCTW [C], not a rule of the province: a session scores 100 points, of which the
platform can prove only these lines; the others stay for people to judge. Points of single lines are not in our
source, so the sheet says which band was reached and never adds points up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from courses.gatherings.minutes.record import Record

LARGE_CELL = 30
SHORT_SESSION, LONG_SESSION = 90, 120
GOOD_ATTENDANCE = 0.9
GOOD_SPEAKING = 0.5
PREPARED_BEFORE = dt.timedelta(days=1)
HANDED_IN_AFTER = dt.timedelta(days=2)


@dataclass(frozen=True)
class Line:
    """``reached`` is None where the figure is not known."""

    name: str
    value: float | None
    wanted: float
    reached: bool | None


def scoring_sheet(
    record: Record, plan_ready_at: dt.datetime | None, handed_in_at: dt.datetime | None
) -> list[Line]:
    return [
        _duration(record),
        _attendance(record),
        _preparation(record, plan_ready_at),
        _speaking(record),
        _handing_in(record, handed_in_at),
    ]


def _duration(record: Record) -> Line:
    members = record.members if record.members is not None else record.members_present
    wanted = SHORT_SESSION if members < LARGE_CELL else LONG_SESSION
    return Line("duration", record.minutes_long, wanted, record.minutes_long >= wanted)


def _attendance(record: Record) -> Line:
    if not record.members:
        return Line("attendance", None, GOOD_ATTENDANCE, None)
    share = record.members_present / record.members
    return Line("attendance", share, GOOD_ATTENDANCE, share >= GOOD_ATTENDANCE)


def _preparation(record: Record, ready_at: dt.datetime | None) -> Line:
    wanted = PREPARED_BEFORE.days
    if ready_at is None:
        return Line("preparation", None, wanted, None)
    before = record.started_at - ready_at
    return Line("preparation", max(0.0, before / dt.timedelta(days=1)), wanted, before >= PREPARED_BEFORE)


def _speaking(record: Record) -> Line:
    if not record.members_present:
        return Line("speaking", None, GOOD_SPEAKING, None)
    share = record.speakers / record.members_present
    return Line("speaking", share, GOOD_SPEAKING, share > GOOD_SPEAKING)


def _handing_in(record: Record, handed_in_at: dt.datetime | None) -> Line:
    wanted = HANDED_IN_AFTER.days
    if handed_in_at is None:
        return Line("handed_in", None, wanted, None)
    after = handed_in_at - record.ended_at
    return Line("handed_in", after / dt.timedelta(days=1), wanted, after <= HANDED_IN_AFTER)
