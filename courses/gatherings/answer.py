"""Take one answer: once per client UUID; before the close a later one of the same seat replaces it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from courses.gatherings.answer_values import is_right, is_secret_vote, read_value
from courses.gatherings.bus import publish
from courses.gatherings.clock import elapsed_ms, moment
from courses.gatherings.evidence import evidence_class
from courses.gatherings.frozen_steps import light
from courses.gatherings.models import Ballots, Gathering, HallAnswer, Seat, Via
from courses.gatherings.phases import InTime, in_time
from courses.gatherings.stage_of import stage_of

_MOST_CHANGES = 20
_CHANGING = ("uuid", "value", "via", "evidence_class", "correct", "late", "received_at", "received_ms")


class Taken(StrEnum):
    YES = "yes"
    LATE = "late"  # kept for the person, not counted in the hall
    CLOSED = "closed"
    UUID = "uuid"  # the client's UUID belongs to another answer


@dataclass(frozen=True)
class Given:
    """What a client posted for a seat."""

    answer_uuid: uuid.UUID
    position: int
    round: int
    value: object


def answer(gathering: Gathering, seat: Seat, given: Given, via: str = "") -> Taken:
    """``via``: how it came, when not by the seat's own means. Raises ``BadValue``."""
    with transaction.atomic():
        book = AnswerBook([(seat.pk, given)])
        taken = book.record(light(pk=gathering.pk), seat, given, via)
        book.write()
        transaction.on_commit(lambda: publish(gathering.pk))
    return taken


def usual_way(seat: Seat) -> str:
    """How answers of a seat come when nothing else is said."""
    if seat.card is not None:
        return Via.CARD
    return Via.OWN if seat.own_phone else Via.BORROWED


class AnswerBook:
    """Takes answers inside one transaction of the caller: one reading before all of them, one writing after."""

    def __init__(self, coming: Sequence[tuple[int, Given]]) -> None:
        """``coming``: each with the key of its seat."""
        seats, names = {seat for seat, _given in coming}, {given.answer_uuid for _seat, given in coming}
        places = {(given.position, given.round) for _seat, given in coming}
        here = Q(seat__in=seats, position__in={p for p, _r in places}, round__in={r for _p, r in places})
        known = HallAnswer.objects.filter(here | Q(uuid__in=names))
        self._by_place = {(one.seat_id, one.position, one.round): one for one in known}
        self._names = {one.uuid for one in known}
        self._new: list[HallAnswer] = []

    def record(self, gathering: Gathering | None, seat: Seat, given: Given, via: str = "") -> Taken:
        """``gathering`` was read in this transaction. Refusals change nothing. Raises ``BadValue``."""
        now = moment()
        if gathering is None or seat.gathering_id != gathering.pk:
            return Taken.CLOSED
        stage = stage_of(gathering)
        now_ms = elapsed_ms(gathering, now)
        timely = in_time(stage, given.position, given.round, now_ms)
        if timely is InTime.NO:
            return Taken.CLOSED
        step = gathering.steps[given.position - 1]
        value = read_value(step, given.value)
        way = via or usual_way(seat)
        here = stage.progress[given.position]
        coming = HallAnswer(
            gathering_id=gathering.pk,
            seat_id=seat.pk,
            position=given.position,
            round=given.round,
            uuid=given.answer_uuid,
            value=value,
            via=way,
            evidence_class=evidence_class(here, given.round, gathering.silent, way == Via.OWN),
            correct=is_right(step, value),
            late=timely is InTime.LATE,
            received_at=now.at,
            received_ms=now_ms,
        )
        return self._cast_secretly(coming, value[0]) if is_secret_vote(step) else self._keep(coming)

    def write(self) -> None:
        HallAnswer.objects.bulk_create(self._new)

    def _earlier(self, coming: HallAnswer) -> HallAnswer | Taken | None:
        """What this seat answered before in the round; a verdict where nothing is to be written."""
        kept = self._by_place.get((coming.seat_id, coming.position, coming.round))
        if kept is not None and (kept.uuid == coming.uuid or str(coming.uuid) in kept.replaced):
            return Taken.LATE if kept.late else Taken.YES
        return Taken.UUID if coming.uuid in self._names else kept

    def _keep(self, coming: HallAnswer) -> Taken:
        kept = self._earlier(coming)
        if isinstance(kept, Taken):
            return kept
        if kept is None:
            self._add(coming)
        elif coming.late:
            # What was given in time stands; what was first given late stands too.
            return Taken.LATE
        else:
            self._names.add(coming.uuid)
            kept.replaced = [*kept.replaced, str(kept.uuid)][-_MOST_CHANGES:]
            for name in _CHANGING:
                setattr(kept, name, getattr(coming, name))
            if kept.pk is not None:  # else it is written with the new ones
                kept.save(update_fields=["replaced", *_CHANGING])
        return Taken.LATE if coming.late else Taken.YES

    def _cast_secretly(self, coming: HallAnswer, choice: str) -> Taken:
        """That somebody voted stands with the seat, the vote lies in the box; a cast vote cannot be taken back."""
        kept = self._earlier(coming)
        if isinstance(kept, Taken):
            return kept
        if kept is not None or coming.late:
            return Taken.CLOSED
        box, _created = Ballots.objects.select_for_update().get_or_create(
            gathering_id=coming.gathering_id,
            position=coming.position,
            round=coming.round,
            value=choice,
        )
        box.count += 1
        box.save(update_fields=["count"])
        coming.value, coming.correct = None, None
        # The order of votes would tell who voted what where two boxes are compared before and after.
        coming.received_at, coming.received_ms = coming.received_at.replace(second=0, microsecond=0), 0
        self._add(coming)
        return Taken.YES

    def _add(self, coming: HallAnswer) -> None:
        self._new.append(coming)
        self._names.add(coming.uuid)
        self._by_place[(coming.seat_id, coming.position, coming.round)] = coming
