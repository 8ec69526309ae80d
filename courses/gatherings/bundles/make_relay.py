"""Results in one QR, for a hall whose laptop and the province share nothing but a phone's camera."""

from __future__ import annotations

import base64
from typing import Any

from courses.gatherings.answer_values import is_secret_vote, options_of
from courses.gatherings.bundles import compact
from courses.gatherings.bundles.export_bundle import NotAHallKit, kit_of
from courses.gatherings.bundles.node_keys import private_key
from courses.gatherings.bundles.sealed import QR_MARK, seal
from courses.gatherings.evidence_mix import confirmed_count, present_count
from courses.gatherings.models import (
    Ballots,
    Gathering,
    HallAnswer,
    HallNode,
    Seat,
)
from courses.gatherings.stage_of import stage_of

# A QR takes letters and digits at little more than half of the room of bytes; every reader gives them back unspoilt.
MOST_TEXT = 4_296


class TooMuchForOneQR(Exception):
    """Carry the file."""


def relay_text(gathering: Gathering) -> str:
    """Raises ``NotAHallKit`` and ``TooMuchForOneQR``."""
    node = kit_of(gathering)
    key = private_key(node) if node else None
    if node is None or key is None:
        raise NotAHallKit
    sealed = seal(QR_MARK, node.uuid, key, compact.encoded(_results(gathering, node)))
    text = base64.b32encode(sealed).decode().rstrip("=")
    if len(sealed) > compact.MOST_BYTES or len(text) > MOST_TEXT:
        raise TooMuchForOneQR
    return text


def _results(gathering: Gathering, node: HallNode) -> compact.Results:
    seats = list(Seat.objects.filter(gathering=gathering).select_related("person").order_by("number"))
    places = {text: place for place, text in enumerate(node.roster)}
    asked = [
        compact.Asked(position, round_, len(options_of(gathering.steps[position - 1])))
        for position, here in sorted(stage_of(gathering).progress.items())
        if here.asked
        for round_ in range(1, here.round + 1)
    ]
    return compact.Results(
        gathering=gathering.uuid,
        started_at=int(gathering.created_at.timestamp()),
        seconds=gathering.clock_ms // 1000,
        present=present_count(gathering),
        events=gathering.events,
        last_hash=bytes.fromhex(gathering.last_hash),
        seats=tuple(_seat(seat, places) for seat in seats),
        asked=tuple(asked),
        given=tuple(_given(gathering, asked, {seat.pk: place for place, seat in enumerate(seats)})),
        tallies=tuple(_tallies(gathering, asked)),
    )


def _seat(seat: Seat, places: dict[str, int]) -> compact.Seat:
    ref = seat.card or 0
    if seat.person is not None:
        ref = places[str(seat.person.uuid)]
    return compact.Seat(seat.kind, ref, seat.own_phone)


def _given(gathering: Gathering, asked: list[compact.Asked], seats: dict[int, int]) -> Any:
    index_of = {(one.position, one.round): index for index, one in enumerate(asked)}
    for answer in HallAnswer.objects.filter(gathering=gathering).exclude(value=None):
        options = options_of(gathering.steps[answer.position - 1])
        chosen = sum([1 << options.index(one) for one in answer.value or ()])
        index = index_of[answer.position, answer.round]
        yield compact.Given(index, seats[answer.seat_id], chosen, answer.evidence_class, answer.late)


def _tallies(gathering: Gathering, asked: list[compact.Asked]) -> Any:
    for index, one in enumerate(asked):
        step = gathering.steps[one.position - 1]
        counted = confirmed_count(gathering, one.position, one.round)
        if counted is not None:
            yield compact.Tally(index, tuple(counted.counts.get(option, 0) for option in options_of(step)))
        if is_secret_vote(step):
            boxes = Ballots.objects.filter(gathering=gathering, position=one.position, round=one.round)
            cast = dict(boxes.values_list("value", "count"))
            yield compact.Tally(index, tuple(cast.get(option, 0) for option in options_of(step)), secret=True)
