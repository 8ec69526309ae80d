"""From what a phone sent to what it is told: the same for the Django view and the live server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from courses.gatherings.answer import AnswerBook, Given, Taken
from courses.gatherings.answer_values import BadValue
from courses.gatherings.frozen_steps import light
from courses.gatherings.join import seats_of_tokens
from courses.gatherings.join_code import is_code
from courses.gatherings.models import Gathering, Seat

SEAT_COOKIE = "seat_{code}"


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    gathering_id: int | None = None  # changed by this; to be published after the commit


def refusal(status: int, reason: str) -> Reply:
    return Reply(status, json.dumps({"error": reason}).encode())


@dataclass(frozen=True)
class PhoneAnswer:
    code: str
    token: str  # of the seat
    given: Given


def take_answers(coming: Sequence[PhoneAnswer]) -> list[Reply]:
    """Inside a transaction of the caller. 204: kept and counts. 409 with the reason: late or closed."""
    halls = {code: light(code=code) if is_code(code) else None for code in {one.code for one in coming}}
    seats = seats_of_tokens([one.token for one in coming])
    seated = [(seats[one.token].pk, one.given) for one in coming if one.token in seats]
    book = AnswerBook(seated)
    replies = [_take(book, halls[one.code], seats.get(one.token), one.given) for one in coming]
    book.write()
    return replies


def _take(book: AnswerBook, gathering: Gathering | None, seat: Seat | None, given: Given) -> Reply:
    if gathering is None:
        return refusal(404, "code")
    if seat is None or seat.gathering_id != gathering.pk:
        return refusal(403, "seat")
    try:
        taken = book.record(gathering, seat, given)
    except BadValue:
        return refusal(400, "value")
    if taken is Taken.YES:
        return Reply(204, gathering_id=gathering.pk)
    return Reply(409, json.dumps({"error": str(taken)}).encode(), gathering.pk)
