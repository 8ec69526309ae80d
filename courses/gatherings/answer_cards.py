"""Take what the facilitator read from cards held up, or typed from papers: many seats in one short transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from courses.gatherings.answer import AnswerBook, Given
from courses.gatherings.answer_values import BadValue
from courses.gatherings.bus import publish
from courses.gatherings.join import JoinRefused, card_seat
from courses.gatherings.models import Gathering, Seat, Via
from courses.gatherings.record_event import locked

MOST_CARDS_TOGETHER = 120


@dataclass(frozen=True)
class CardReading:
    """``values``: number of the card to the letter on top. The same ``batch_uuid`` again changes nothing."""

    batch_uuid: uuid.UUID
    position: int
    round: int
    values: Mapping[int, str]
    via: str = Via.CARD


def read_cards(gathering: Gathering, reading: CardReading) -> dict[int, str]:
    """For each card what became of it: yes, late, closed, value, card. A card that is new takes its seat."""
    with transaction.atomic():
        row = locked(gathering.pk)
        outcome: dict[int, str] = {}
        seated: list[tuple[Seat, Given]] = []
        for card, value in sorted(reading.values.items()):
            # One reading of one card has one name, however often it is sent.
            name = uuid.uuid5(reading.batch_uuid, f"{card}:{reading.position}:{reading.round}")
            try:
                seated.append((card_seat(row, card), Given(name, reading.position, reading.round, value)))
            except JoinRefused:
                outcome[card] = "card"
        book = AnswerBook([(seat.pk, given) for seat, given in seated])
        for seat, given in seated:
            outcome[seat.card or 0] = _record(book, row, seat, given, reading.via)
        book.write()
        transaction.on_commit(lambda: publish(row.pk))
    return outcome


def _record(book: AnswerBook, row: Gathering, seat: Seat, given: Given, via: str) -> str:
    try:
        return str(book.record(row, seat, given, via))
    except BadValue:
        return "value"
