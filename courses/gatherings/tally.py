"""Counts without identity: raised hands or papers. One person counts, another one confirms, then they stand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from courses.gatherings.answer_values import options_of
from courses.gatherings.bus import publish
from courses.gatherings.evidence_mix import answers_in_time, present_count
from courses.gatherings.models import CountedBy, Gathering, HandCount, Seat
from courses.gatherings.record_event import append_event, locked
from courses.gatherings.stage_of import stage_of
from lms.accounts.api import Person

_MOST_PEOPLE = 5_000


class CountRefused(Exception):
    """``reason``: people, step, options, sum, uuid, confirmer, changed, way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Counted:
    """What was counted in a round of a step."""

    tally_uuid: uuid.UUID
    position: int
    round: int
    counts: dict[str, int]
    way: str = CountedBy.HANDS


def count_people(gathering: Gathering, people: int) -> None:
    """Everybody in the hall, those without phone or card included. Raises ``CountRefused``."""
    if not 0 <= people <= _MOST_PEOPLE:
        raise CountRefused("people")
    with transaction.atomic():
        row = locked(gathering.pk)
        row.head_count = people
        row.save(update_fields=["head_count"])
        append_event(row, "people", {"people": people})
        transaction.on_commit(lambda: publish(row.pk))


def record_tally(gathering: Gathering, counted: Counted, counter: Person | None) -> HandCount:
    """A count that waits for its second person. The same UUID again is the same count. Raises ``CountRefused``."""
    with transaction.atomic():
        row = locked(gathering.pk)
        again = HandCount.objects.filter(uuid=counted.tally_uuid).first()
        if again is not None:
            if again.gathering_id != row.pk:
                raise CountRefused("uuid")
            return again
        _check(row, counted)
        return HandCount.objects.create(
            uuid=counted.tally_uuid,
            gathering=row,
            position=counted.position,
            round=counted.round,
            way=counted.way,
            counts=counted.counts,
            total=sum(counted.counts.values()),
            people=present_count(row),
            counted_by=counter,
        )


def confirm_tally(tally: HandCount, person: Person | None = None, seat: Seat | None = None) -> HandCount:
    """Another person stands for it, signed in or with a seat in this hall. Raises ``CountRefused``."""
    with transaction.atomic():
        row = locked(tally.gathering_id)
        kept = HandCount.objects.select_for_update().get(pk=tally.pk)
        if kept.confirmed_at is not None:
            return kept
        if not _is_second(kept, person, seat):
            raise CountRefused("confirmer")
        # People went on answering meanwhile: the sum must fit now too.
        if kept.total > _without_answer(row, kept.position, kept.round):
            raise CountRefused("sum")
        same_round = HandCount.objects.filter(
            gathering=row, position=kept.position, round=kept.round, confirmed_at__isnull=False
        )
        same_round.update(replaced=True)
        kept.confirmed_at, kept.confirmed_by, kept.confirmed_seat = timezone.now(), person, seat
        kept.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_seat"])
        said = {"tally": str(kept.uuid), "position": kept.position, "round": kept.round, "way": kept.way}
        append_event(row, "counted", said | {"counts": kept.counts, "people": kept.people})
        transaction.on_commit(lambda: publish(row.pk))
    return kept


def _check(row: Gathering, counted: Counted) -> None:
    here = stage_of(row).progress.get(counted.position)
    if here is None or not here.asked or not 1 <= counted.round <= here.round:
        raise CountRefused("step")
    if counted.way not in CountedBy.values:
        raise CountRefused("way")
    fits = set(counted.counts) <= set(options_of(row.steps[counted.position - 1]))
    if not fits or any(number < 0 for number in counted.counts.values()):
        raise CountRefused("options")
    total = sum(counted.counts.values())
    if not 1 <= total <= _without_answer(row, counted.position, counted.round):
        raise CountRefused("sum")


def _without_answer(row: Gathering, position: int, round_: int) -> int:
    """Only they can have raised a hand."""
    return present_count(row) - answers_in_time(row, position, round_).count()


def _is_second(tally: HandCount, person: Person | None, seat: Seat | None) -> bool:
    if seat is not None:
        return seat.gathering_id == tally.gathering_id and (
            seat.person_id is None or seat.person_id != tally.counted_by_id
        )
    return person is not None and person.pk != tally.counted_by_id
