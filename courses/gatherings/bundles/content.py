"""Pure: what a bundle says, read strictly. A row that does not fit spoils the whole bundle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses.gatherings.bundles.sealed import BadBundle

FORMAT = 1
MOST_EVENTS, MOST_SEATS, MOST_ANSWERS = 20_000, 3_000, 60_000
_PHASES = ("lobby", "shown", "open", "closed", "revealed", "discuss", "paused", "ended")
_LARGEST = 2**62


@dataclass(frozen=True)
class EventRow:
    number: int
    uuid: UUID
    kind: str
    data: dict[str, Any]
    at: dt.datetime
    at_ms: int
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class SeatRow:
    number: int
    uuid: UUID
    kind: str
    person: UUID | None
    card: int | None
    name: str
    own_phone: bool
    joined_ms: int


@dataclass(frozen=True)
class AnswerRow:
    seat: int
    position: int
    round: int
    uuid: UUID
    value: tuple[str, ...] | None
    via: str
    evidence_class: str
    late: bool
    received_at: dt.datetime
    received_ms: int


@dataclass(frozen=True)
class BallotRow:
    position: int
    round: int
    value: str
    count: int


@dataclass(frozen=True)
class HandCountRow:
    uuid: UUID
    position: int
    round: int
    way: str
    counts: dict[str, int]
    people: int
    counted_at: dt.datetime

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class StageRow:
    phase: str
    position: int
    round: int
    version: int
    progress: dict[str, Any]
    head_count: int | None
    ended_at: dt.datetime | None


@dataclass(frozen=True)
class Content:
    gathering: UUID
    steps_sha256: str
    stage: StageRow
    events: tuple[EventRow, ...]
    seats: tuple[SeatRow, ...]
    answers: tuple[AnswerRow, ...]
    ballots: tuple[BallotRow, ...]
    hand_counts: tuple[HandCountRow, ...]
    minutes: dict[str, Any] | None


def read_content(raw: Any) -> Content:
    """Raises ``BadBundle("malformed")``, and ``too_large`` for more rows than a hall can make."""
    try:
        content = _content(raw)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        if isinstance(fault, BadBundle):
            raise
        raise BadBundle("malformed") from None
    _check_references(content)
    return content


def _content(raw: Any) -> Content:
    if raw["format"] != FORMAT:
        raise BadBundle("malformed")
    minutes = raw["minutes"]
    return Content(
        gathering=UUID(raw["gathering"]),
        steps_sha256=_text(raw["steps_sha256"], 64),
        stage=_stage(raw["stage"]),
        events=_rows(raw["events"], read_event, MOST_EVENTS),
        seats=_rows(raw["seats"], _seat, MOST_SEATS),
        answers=_rows(raw["answers"], _answer, MOST_ANSWERS),
        ballots=_rows(raw["ballots"], _ballot, MOST_ANSWERS),
        hand_counts=_rows(raw["hand_counts"], _hand_count, MOST_ANSWERS),
        minutes=None if minutes is None else _mapping(minutes),
    )


def _rows(raw: Any, read: Callable[[Any], Any], most: int) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise BadBundle("malformed")
    if len(raw) > most:
        raise BadBundle("too_large")
    return tuple(read(one) for one in raw)


def read_event(raw: Any) -> EventRow:
    return EventRow(
        number=_number(raw["number"], 1),
        uuid=UUID(raw["uuid"]),
        kind=_text(raw["kind"], 30),
        data=_mapping(raw["data"]),
        at=_moment(raw["at"]),
        at_ms=_number(raw["at_ms"]),
        previous_hash=_text(raw["previous_hash"], 64),
        hash=_text(raw["hash"], 64),
    )


def _seat(raw: Any) -> SeatRow:
    kind = _one_of(raw["kind"], ("guest", "roster", "card"))
    person, card = raw["person"], raw["card"]
    return SeatRow(
        number=_number(raw["number"], 1, 32_767),
        uuid=UUID(raw["uuid"]),
        kind=kind,
        person=None if person is None else UUID(person),
        card=None if card is None else _number(card, 1, 999),
        name=_text(raw["name"], 100),
        own_phone=_truth(raw["own_phone"]),
        joined_ms=_number(raw["joined_ms"]),
    )


def _answer(raw: Any) -> AnswerRow:
    value = raw["value"]
    return AnswerRow(
        seat=_number(raw["seat"], 1, 32_767),
        position=_number(raw["position"], 1, 32_767),
        round=_number(raw["round"], 1, 32_767),
        uuid=UUID(raw["uuid"]),
        value=None if value is None else _rows(value, lambda one: _text(one, 10), 10),
        via=_one_of(raw["via"], ("own", "borrowed", "card", "paper")),
        evidence_class=_one_of(raw["evidence_class"], ("A", "B", "C")),
        late=_truth(raw["late"]),
        received_at=_moment(raw["received_at"]),
        received_ms=_number(raw["received_ms"]),
    )


def _ballot(raw: Any) -> BallotRow:
    return BallotRow(
        _number(raw["position"], 1, 32_767),
        _number(raw["round"], 1, 32_767),
        _text(raw["value"], 10),
        _number(raw["count"], 0, 100_000),
    )


def _hand_count(raw: Any) -> HandCountRow:
    counts = {_text(name, 10): _number(count, 0, 100_000) for name, count in _mapping(raw["counts"]).items()}
    return HandCountRow(
        uuid=UUID(raw["uuid"]),
        position=_number(raw["position"], 1, 32_767),
        round=_number(raw["round"], 1, 32_767),
        way=_one_of(raw["way"], ("hands", "paper")),
        counts=counts,
        people=_number(raw["people"], 0, 100_000),
        counted_at=_moment(raw["counted_at"]),
    )


def _stage(raw: Any) -> StageRow:
    heads, ended = raw["head_count"], raw["ended_at"]
    return StageRow(
        phase=_one_of(raw["phase"], _PHASES),
        position=_number(raw["position"], 0, 32_767),
        round=_number(raw["round"], 0, 32_767),
        version=_number(raw["version"], 1, 2**31 - 1),
        progress=_mapping(raw["progress"]),
        head_count=None if heads is None else _number(heads, 0, 32_767),
        ended_at=None if ended is None else _moment(ended),
    )


def _check_references(content: Content) -> None:
    """Answers sit on seats of this bundle, once each; only an own phone answers alone."""
    seats = {seat.number: seat for seat in content.seats}
    places = {(one.seat, one.position, one.round) for one in content.answers}
    if len(seats) != len(content.seats) or len(places) != len(content.answers):
        raise BadBundle("malformed")
    for answer in content.answers:
        seat = seats.get(answer.seat)
        if seat is None:
            raise BadBundle("malformed")
        alone = seat.own_phone and answer.via == "own" and answer.round == 1
        if answer.evidence_class == "A" and not alone:
            raise BadBundle("malformed")


def _number(value: Any, least: int = 0, most: int = _LARGEST) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadBundle("malformed")
    return value


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise BadBundle("malformed")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadBundle("malformed")
    return value


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadBundle("malformed")
    return value


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise BadBundle("malformed")
    return str(value)


def _moment(value: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(value)
    if moment.utcoffset() is None:
        raise BadBundle("malformed")
    return moment
