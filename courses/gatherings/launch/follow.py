"""Bring what the leading gathering told into the hall: one short transaction, then the hall's own phones hear of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.gatherings.bus import publish
from courses.gatherings.clock import elapsed_ms, moment
from courses.gatherings.feed_evidence import feed_evidence
from courses.gatherings.launch.mirror import Told, mirrored, read_told
from courses.gatherings.models import Following, Gathering, Phase
from courses.gatherings.phases import Stage
from courses.gatherings.record_event import append_event, locked
from courses.gatherings.settle_step import settle_step
from courses.gatherings.stage_of import STAGE_FIELDS, kinds_of, set_stage, stage_of


def follow(following: Following, state: Any) -> bool:
    """True when the hall moved. Raises ``Unfollowable``. What is older than the last is nothing new."""
    with transaction.atomic():
        row = locked(following.gathering_id)
        kept = Following.objects.select_for_update().get(pk=following.pk)
        told = read_told(state, len(row.steps))
        kept.heard_at = timezone.now()
        moved = told.version > kept.version and _move(row, told)
        kept.version = max(told.version, kept.version)
        kept.save(update_fields=["heard_at", "version"])
        if moved:
            transaction.on_commit(lambda: publish(row.pk))
    return moved


def _move(row: Gathering, told: Told) -> bool:
    before = stage_of(row)
    after = mirrored(before, told, kinds_of(row), elapsed_ms(row, moment()))
    if after == before:
        return False
    set_stage(row, after)
    row.version += 1
    said = {
        "action": "follow",
        "phase": row.phase,
        "position": row.position,
        "round": row.round,
        "version": row.version,
        "led_by": told.version,
    }
    row.phase_ms = append_event(row, "act", said).at_ms
    if row.phase == Phase.ENDED:
        row.ended_at = timezone.now()
    row.save(update_fields=[*STAGE_FIELDS, "version", "phase_ms", "ended_at"])
    settle_step(row, before, _as_action(before, after))
    feed_evidence(row)
    return True


def _as_action(before: Stage, after: Stage) -> str:
    """Which action of a presenter would have led there, as far as the figures of a round go."""
    if after.phase == Phase.ENDED:
        return "end"
    if after.position != before.position:
        return "next"
    return "reopen" if after.here.round != before.here.round else ""
