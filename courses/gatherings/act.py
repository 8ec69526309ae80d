"""One act of the presenter: from a version to the next, exactly one of two that start from the same version."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from courses.gatherings.bus import publish
from courses.gatherings.clock import elapsed_ms, moment
from courses.gatherings.feed_evidence import feed_evidence
from courses.gatherings.models import Gathering, LiveEvent, Phase
from courses.gatherings.phases import NotAllowed, move
from courses.gatherings.record_event import append_event, locked
from courses.gatherings.settle_step import settle_step
from courses.gatherings.stage_of import STAGE_FIELDS, kinds_of, set_stage, stage_of
from lms.accounts.api import Person


@dataclass(frozen=True)
class Action:
    from_version: int
    action: str
    action_uuid: uuid.UUID


class Conflict(Exception):
    """Another act came first, or the act does not fit the phase; carries the gathering as it is now."""

    def __init__(self, gathering: Gathering, reason: str) -> None:
        super().__init__(reason)
        self.gathering = gathering
        self.reason = reason


def act(gathering: Gathering, actor: Person | None, action: Action) -> Gathering:
    """The gathering afterwards. The same ``action_uuid`` again changes nothing. Raises ``Conflict``."""
    with transaction.atomic():
        row = locked(gathering.pk)
        outcome = _act(row, actor, action)
        transaction.on_commit(lambda: publish(row.pk))
    if isinstance(outcome, str):
        raise Conflict(row, outcome)
    return row


def _act(row: Gathering, actor: Person | None, action: Action) -> str | None:
    """Why it was refused; None when it was done, now or before."""
    known = LiveEvent.objects.filter(uuid=action.action_uuid).values_list("gathering_id", flat=True).first()
    if known is not None:
        return None if known == row.pk else "uuid"
    if row.node:  # a laptop holds it; this server only waits for its results
        return "elsewhere"
    if action.from_version != row.version:
        return "version"
    before = stage_of(row)
    try:
        after = move(before, action.action, kinds_of(row), elapsed_ms(row, moment()))
    except NotAllowed:
        return "phase"
    set_stage(row, after)
    row.version += 1
    said = {
        "action": action.action,
        "by": str(actor.uuid) if actor else "",
        "phase": row.phase,
        "position": row.position,
        "round": row.round,
        "version": row.version,
    }
    event = append_event(row, "act", said, action.action_uuid)
    row.phase_ms = event.at_ms
    if row.phase == Phase.ENDED:
        row.ended_at = timezone.now()
    row.save(update_fields=[*STAGE_FIELDS, "version", "phase_ms", "ended_at"])
    settle_step(row, before, action.action)
    feed_evidence(row)
    return None
