"""Append an event to the chain of a gathering, inside the transaction that changes it."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from courses.gatherings.clock import CLOCK_FIELDS, moment, set_clock
from courses.gatherings.models import Gathering, LiveEvent


def locked(gathering_id: int) -> Gathering:
    """The row, held until the transaction ends: acts, joins and events of one hall follow one another."""
    return Gathering.objects.select_for_update(of=("self",)).get(pk=gathering_id)


def append_event(
    gathering: Gathering, kind: str, data: dict[str, Any], event_uuid: uuid.UUID | None = None
) -> LiveEvent:
    """``gathering`` comes from ``locked``. Data names seats by number, never people: the chain cannot forget."""
    now = moment()
    at_ms = set_clock(gathering, now)
    event = LiveEvent(
        gathering=gathering,
        number=gathering.events + 1,
        uuid=event_uuid or uuid.uuid4(),
        kind=kind,
        data=data,
        at=now.at,
        at_ms=at_ms,
        previous_hash=gathering.last_hash,
    )
    event.hash = event_hash(event, str(gathering.uuid))
    event.save(force_insert=True)
    gathering.events, gathering.last_hash = event.number, event.hash
    gathering.save(update_fields=[*CLOCK_FIELDS, "events", "last_hash"])
    return event


def event_hash(event: LiveEvent, gathering_uuid: str) -> str:
    """Over everything that the event says and the hash before it."""
    said = {
        "gathering": gathering_uuid,
        "number": event.number,
        "uuid": str(event.uuid),
        "kind": event.kind,
        "data": event.data,
        "at": event.at.isoformat(),
        "at_ms": event.at_ms,
        "previous": event.previous_hash,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(gathering: Gathering) -> int | None:
    """The number of the first event that does not follow from the one before; None when the chain holds."""
    previous, number = "", 0
    for event in LiveEvent.objects.filter(gathering=gathering).order_by("number"):
        number += 1
        fits = event.number == number and event.previous_hash == previous
        if not fits or event.hash != event_hash(event, str(gathering.uuid)):
            return number
        previous = event.hash
    return None if (number, previous) == (gathering.events, gathering.last_hash) else number + 1
