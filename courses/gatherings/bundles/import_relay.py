"""Take home what one QR holds: seats, answers and counts. The file may come before or after it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import uuid
from collections import Counter

from django.db import transaction
from django.utils import timezone

from courses.gatherings.answer_values import options_of
from courses.gatherings.bundles import compact
from courses.gatherings.bundles.content import AnswerRow, HandCountRow, SeatRow
from courses.gatherings.bundles.import_bundle import Report, gathering_in_scope, trusted_node
from courses.gatherings.bundles.make_relay import MOST_TEXT
from courses.gatherings.bundles.merge_results import Conflicts, merge_answers, merge_hand_counts, merge_seats
from courses.gatherings.bundles.node_keys import public_key
from courses.gatherings.bundles.sealed import QR_MARK, BadBundle, checked, opened
from courses.gatherings.feed_evidence import feed_evidence
from courses.gatherings.models import (
    Ballots,
    BundleWay,
    Gathering,
    HallNode,
    ImportedBundle,
    LiveEvent,
    Phase,
    Seat,
)
from courses.gatherings.phases import StepProgress, to_json
from lms.accounts.api import Person


def import_relay(text: str, actor: Person | None = None) -> Report:
    """The same refusals as ``import_bundle``; once per content."""
    sealed = _bytes_of(text)
    envelope = opened(sealed)
    if envelope.mark != QR_MARK:
        raise BadBundle("not_a_bundle")
    node = trusted_node(envelope.key)
    results = compact.decoded(checked(envelope, public_key(node)))
    digest = hashlib.sha256(sealed).hexdigest()
    with transaction.atomic():
        gathering = gathering_in_scope(node, results.gathering, actor)
        known = ImportedBundle.objects.filter(sha256=digest).first()
        if known is not None:
            return Report(gathering, True, known.added, known.conflicts)
        _check_end_of_chain(gathering, results)
        return _take(gathering, node, results, digest, actor)


def _bytes_of(text: str) -> bytes:
    """Spaces and line breaks of a copied text do not matter."""
    letters = "".join(text.split()).upper()
    if len(letters) > MOST_TEXT:
        raise BadBundle("too_large")
    try:
        return base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError):
        raise BadBundle("not_a_bundle") from None


def _check_end_of_chain(gathering: Gathering, results: compact.Results) -> None:
    """Where the file came before, the QR must name an event of its chain."""
    there = LiveEvent.objects.filter(gathering=gathering, number=results.events).values_list(
        "hash", flat=True
    )
    if there and there[0] != results.last_hash.hex():
        raise BadBundle("forked")


def _take(
    gathering: Gathering, node: HallNode, results: compact.Results, digest: str, actor: Person | None
) -> Report:
    _check_asked(gathering, results)
    if gathering.events < results.events and not ImportedBundle.objects.filter(gathering=gathering).exists():
        _take_stage(gathering, results)
    added: Counter[str] = Counter(seats=0, answers=0, hand_counts=0, ballots=0)
    conflicts: Conflicts = []
    seats = merge_seats(gathering, node, _seat_rows(gathering, node, results), added)
    merge_answers(gathering, seats, _answer_rows(gathering, results), added, conflicts)
    merge_hand_counts(gathering, _count_rows(gathering, results), added, conflicts)
    _merge_boxes(gathering, results, added, conflicts)
    feed_evidence(gathering)
    ImportedBundle.objects.create(
        node=node,
        gathering=gathering,
        way=BundleWay.QR,
        sha256=digest,
        events=results.events,
        last_hash=results.last_hash.hex(),
        added=dict(added),
        conflicts=conflicts,
        imported_by=actor,
    )
    return Report(gathering, False, dict(added), conflicts)


def _check_asked(gathering: Gathering, results: compact.Results) -> None:
    for one in results.asked:
        known = 1 <= one.position <= len(gathering.steps) and one.round >= 1
        if not known or one.options != len(options_of(gathering.steps[one.position - 1])):
            raise BadBundle("wrong_plan")


def _take_stage(gathering: Gathering, results: compact.Results) -> None:
    """What was asked and that it is over; the file may bring the rest later."""
    rounds: dict[int, int] = {}
    for one in results.asked:
        rounds[one.position] = max(one.round, rounds.get(one.position, 0))
    progress = {place: StepProgress(phase="closed", round=n, asked=True) for place, n in rounds.items()}
    gathering.progress, gathering.phase = to_json(progress), Phase.ENDED
    gathering.head_count = min(results.present, 32_767)
    gathering.ended_at = timezone.now()
    gathering.save(update_fields=["progress", "phase", "head_count", "ended_at"])


def _seat_rows(gathering: Gathering, node: HallNode, results: compact.Results) -> tuple[SeatRow, ...]:
    kept = {seat.number: seat for seat in Seat.objects.filter(gathering=gathering)}
    people = {
        str(person.uuid): person
        for person in Person.objects.filter(uuid__in=node.roster, erased_at__isnull=True)
    }
    rows = []
    for number, seat in enumerate(results.seats, 1):
        if seat.kind == "roster" and seat.ref >= len(node.roster):
            raise BadBundle("wrong_scope")
        person = node.roster[seat.ref] if seat.kind == "roster" else None
        there = kept.get(number)
        rows.append(
            SeatRow(
                number=number,
                uuid=there.uuid if there else uuid.uuid5(gathering.uuid, f"seat/{number}"),
                kind=seat.kind,
                person=uuid.UUID(person) if person else None,
                card=seat.ref if seat.kind == "card" else None,
                name=people[person].get_full_name()[:100] if person in people else "",
                own_phone=seat.own_phone,
                joined_ms=there.joined_ms if there else 0,
            )
        )
    return tuple(rows)


def _answer_rows(gathering: Gathering, results: compact.Results) -> tuple[AnswerRow, ...]:
    return tuple(_answer_row(gathering, results, given) for given in results.given)


def _answer_row(gathering: Gathering, results: compact.Results, given: compact.Given) -> AnswerRow:
    asked, seat = results.asked[given.asked], results.seats[given.seat]
    options = options_of(gathering.steps[asked.position - 1])
    chosen = tuple(option for place, option in enumerate(options) if given.chosen >> place & 1)
    alone = seat.own_phone and asked.round == 1
    if given.evidence == "D" or (given.evidence == "A" and not alone):
        raise BadBundle("malformed")
    own_way = "own" if seat.own_phone else "borrowed"
    return AnswerRow(
        seat=given.seat + 1,
        position=asked.position,
        round=asked.round,
        uuid=uuid.uuid5(gathering.uuid, f"answer/{given.seat + 1}/{asked.position}/{asked.round}"),
        value=chosen,
        via="card" if seat.kind == "card" else own_way,
        evidence_class=given.evidence,
        late=given.late,
        received_at=timezone.now(),
        received_ms=0,
    )


def _count_rows(gathering: Gathering, results: compact.Results) -> tuple[HandCountRow, ...]:
    rows = []
    for tally in results.tallies:
        if tally.secret:
            continue
        asked = results.asked[tally.asked]
        options = options_of(gathering.steps[asked.position - 1])
        rows.append(
            HandCountRow(
                uuid=uuid.uuid5(gathering.uuid, f"count/{asked.position}/{asked.round}"),
                position=asked.position,
                round=asked.round,
                way="hands",
                counts={name: n for name, n in zip(options, tally.counts, strict=True) if n},
                people=results.present,
                counted_at=timezone.now(),
            )
        )
    return tuple(rows)


def _merge_boxes(
    gathering: Gathering, results: compact.Results, added: Counter[str], conflicts: Conflicts
) -> None:
    for tally in results.tallies:
        if not tally.secret:
            continue
        asked = results.asked[tally.asked]
        place = {"gathering": gathering, "position": asked.position, "round": asked.round}
        for option, count in zip(options_of(gathering.steps[asked.position - 1]), tally.counts, strict=True):
            if not count:
                continue
            box, fresh = Ballots.objects.get_or_create(**place, value=option, defaults={"count": count})
            added["ballots"] += int(fresh)
            if box.count != count:
                conflicts.append(
                    {"position": asked.position, "option": option, "kept": box.count, "brought": count}
                )
