"""Bring seats, answers, counts and minutes of a hall into the rows of this server. What is here already stays."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from django.db.models import Q
from django.utils import timezone

from courses.gatherings.answer_values import BadValue, is_right, read_value
from courses.gatherings.bundles.content import AnswerRow, Content, HandCountRow, SeatRow
from courses.gatherings.bundles.sealed import BadBundle
from courses.gatherings.join import free_seat_code
from courses.gatherings.minutes.paper_forms import paper_forms
from courses.gatherings.minutes.stored import details_from_json, record_from_json
from courses.gatherings.models import (
    Ballots,
    Gathering,
    HallAnswer,
    HallNode,
    HandCount,
    Minutes,
    MinutesState,
    Phase,
    Seat,
)
from courses.gatherings.phases import from_json
from lms.accounts.api import Person

Conflicts = list[dict[str, Any]]


def merge_results(
    gathering: Gathering, node: HallNode, content: Content, newer: bool, actor: Person | None
) -> tuple[dict[str, int], Conflicts]:
    """Numbers of new rows, and what is kept against the bundle. ``newer``: the hall went on since the last import."""
    added: Counter[str] = Counter(seats=0, answers=0, hand_counts=0, ballots=0)
    conflicts: Conflicts = []
    if newer:
        _take_stage(gathering, content)
    seats = merge_seats(gathering, node, content.seats, added)
    merge_answers(gathering, seats, content.answers, added, conflicts)
    _merge_ballots(gathering, content, added, conflicts)
    merge_hand_counts(gathering, content.hand_counts, added, conflicts)
    _merge_minutes(gathering, content.minutes, actor, conflicts)
    return dict(added), conflicts


def _take_stage(gathering: Gathering, content: Content) -> None:
    stage = content.stage
    try:
        from_json(stage.progress)
    except (TypeError, ValueError):
        raise BadBundle("malformed") from None
    gathering.phase, gathering.position, gathering.round = stage.phase, stage.position, stage.round
    gathering.progress, gathering.version = stage.progress, stage.version
    gathering.head_count = stage.head_count
    if stage.phase == Phase.ENDED:
        gathering.ended_at = stage.ended_at or timezone.now()
    gathering.save(
        update_fields=["phase", "position", "round", "progress", "version", "head_count", "ended_at"]
    )


def merge_seats(
    gathering: Gathering, node: HallNode, rows: tuple[SeatRow, ...], added: Counter[str]
) -> dict[int, Seat]:
    """By the number of the seat. A seat that came by QR before gets its name and identity now."""
    named = {str(row.person) for row in rows if row.person}
    if not named <= set(map(str, node.roster)):
        raise BadBundle("wrong_scope")
    people = {person.uuid: person for person in Person.objects.filter(uuid__in=named, erased_at__isnull=True)}
    kept = {seat.number: seat for seat in Seat.objects.filter(gathering=gathering).select_related("person")}
    seats: dict[int, Seat] = {}
    for row in rows:
        seat = kept.get(row.number)
        person = people.get(row.person) if row.person else None
        if seat is None:
            added["seats"] += 1
            seat = Seat(gathering=gathering, number=row.number, code=free_seat_code(gathering), kind=row.kind)
        elif (seat.kind, seat.card) != (row.kind, row.card) or (seat.person and seat.person != person):
            raise BadBundle("forked")
        seat.uuid, seat.person, seat.card = row.uuid, person, row.card
        seat.name, seat.own_phone, seat.joined_ms = row.name or seat.name, row.own_phone, row.joined_ms
        if Seat.objects.filter(uuid=row.uuid).exclude(gathering=gathering, number=row.number).exists():
            raise BadBundle("forked")
        seat.save()
        seats[row.number] = seat
    return seats


def merge_answers(
    gathering: Gathering,
    seats: dict[int, Seat],
    rows: tuple[AnswerRow, ...],
    added: Counter[str],
    conflicts: Conflicts,
) -> None:
    kept = {
        (one.seat_id, one.position, one.round): one for one in HallAnswer.objects.filter(gathering=gathering)
    }
    foreign = HallAnswer.objects.exclude(gathering=gathering).filter(uuid__in=[row.uuid for row in rows])
    if foreign.exists():
        raise BadBundle("forked")
    fresh = []
    for row in rows:
        seat = seats[row.seat]
        value = _checked_value(gathering, row)
        there = kept.get((seat.pk, row.position, row.round))
        if there is None:
            fresh.append(_answer(gathering, seat, row, value))
        elif there.value != value:
            place = {"seat": row.seat, "position": row.position, "round": row.round}
            conflicts.append({**place, "kept": there.value, "brought": value})
    HallAnswer.objects.bulk_create(fresh)
    added["answers"] += len(fresh)


def _checked_value(gathering: Gathering, row: AnswerRow) -> list[str] | None:
    """Values are read as a phone's would be; only a secret vote has none."""
    if row.position > len(gathering.steps):
        raise BadBundle("malformed")
    if row.value is None:
        return None
    try:
        return read_value(gathering.steps[row.position - 1], list(row.value))
    except BadValue:
        raise BadBundle("malformed") from None


def _answer(gathering: Gathering, seat: Seat, row: AnswerRow, value: list[str] | None) -> HallAnswer:
    step = gathering.steps[row.position - 1]
    return HallAnswer(
        gathering=gathering,
        seat=seat,
        position=row.position,
        round=row.round,
        uuid=row.uuid,
        value=value,
        via=row.via,
        evidence_class=row.evidence_class,
        # The key is this server's own, whatever the laptop thought.
        correct=None if value is None else is_right(step, value),
        late=row.late,
        received_at=row.received_at,
        received_ms=row.received_ms,
    )


def _merge_ballots(gathering: Gathering, content: Content, added: Counter[str], conflicts: Conflicts) -> None:
    for row in content.ballots:
        box, fresh = Ballots.objects.get_or_create(
            gathering=gathering,
            position=row.position,
            round=row.round,
            value=row.value,
            defaults={"count": row.count},
        )
        added["ballots"] += int(fresh)
        if box.count != row.count:
            place = {"position": row.position, "round": row.round, "option": row.value}
            conflicts.append({**place, "kept": box.count, "brought": row.count})


def merge_hand_counts(
    gathering: Gathering, rows: tuple[HandCountRow, ...], added: Counter[str], conflicts: Conflicts
) -> None:
    for row in rows:
        of_round = Q(gathering=gathering, position=row.position, round=row.round, replaced=False)
        there = HandCount.objects.filter(Q(uuid=row.uuid) | of_round).last()
        if there is None:
            HandCount.objects.create(
                uuid=row.uuid,
                gathering=gathering,
                position=row.position,
                round=row.round,
                way=row.way,
                counts=row.counts,
                total=row.total,
                people=row.people,
                counted_at=row.counted_at,
                confirmed_at=row.counted_at,
            )
            added["hand_counts"] += 1
        elif there.gathering_id != gathering.pk:
            raise BadBundle("forked")
        elif Counter(there.counts) != Counter(row.counts):  # an option that nobody chose may be left out
            place = {"position": row.position, "round": row.round}
            conflicts.append({**place, "kept": there.counts, "brought": row.counts})


def _merge_minutes(
    gathering: Gathering, brought: dict[str, Any] | None, actor: Person | None, conflicts: Conflicts
) -> None:
    """Signed minutes are handed in with the bundle; a draft that was begun here is never overwritten."""
    if brought is None:
        return
    _check_minutes(brought)
    kept = Minutes.objects.filter(gathering=gathering).first()
    if kept is not None and (
        kept.docx_sha256 != brought["docx_sha256"] or kept.details != brought["details"]
    ):
        conflicts.append({"minutes": True, "kept": kept.docx_sha256, "brought": brought["docx_sha256"]})
        return
    if kept is not None:
        return
    signed = brought.get("signed_at")
    Minutes.objects.create(
        uuid=uuid.uuid4(),
        gathering=gathering,
        state=MinutesState.MERGED if signed else MinutesState.DRAFT,
        form=brought["form"],
        details=brought["details"],
        frozen=brought.get("frozen") if signed else None,
        docx_sha256=str(brought.get("docx_sha256") or "")[:64],
        pdf_sha256=str(brought.get("pdf_sha256") or "")[:64],
        version=1,
        changed_by=actor,
        signed_at=dt.datetime.fromisoformat(signed) if signed else None,
        merged_at=timezone.now() if signed else None,
    )


def _untouched(minutes: Minutes) -> bool:
    """A draft as the hall brought it: the hall may bring a later one."""
    return minutes.state == MinutesState.DRAFT and minutes.version == 1


def _check_minutes(brought: dict[str, Any]) -> None:
    try:
        details_from_json(brought["details"])
        if brought["signed_at"] is not None:
            dt.datetime.fromisoformat(brought["signed_at"])
            record_from_json(brought["frozen"])
        known = brought["form"] in paper_forms()
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadBundle("malformed") from None
    if not known:
        raise BadBundle("malformed")
