"""Act in a play: by a posted form of one screen, or by a trace of events. The server replays both alike."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import QueryDict

from assessments.items.api import Accepted, Applied, Play, accept, apply_form, many_refusals
from assessments.sittings.errors import AlreadyFinished
from assessments.sittings.trace.end_play import end_play
from assessments.sittings.trace.find_play import Actor, play_of
from assessments.sittings.trace.task_log import TaskLog


def act_by_form(actor: Actor, log_uuid: uuid.UUID, post: QueryDict) -> Applied:
    with actor.changing(log_uuid) as log:
        play = play_of(log)
        hinting = post.get("khung") == "hint" and not log.hints
        if _is_over(log) or hinting:
            return Applied(play, stale=True)
        applied = apply_form(play, post, log.elapsed_ms)
        log.stepped = True
        log.dropped += applied.impossible
        _keep(log, applied.play)
    return applied


def act_by_trace(actor: Actor, log_uuid: uuid.UUID, first: int, raws: list[Any]) -> tuple[TaskLog, Accepted]:
    """Raises ``AlreadyFinished`` when the sitting is over; a play that ended only repeats what it knows."""
    with actor.changing(log_uuid) as log:
        play = play_of(log)
        if _is_over(log) and not play.state.ended:
            raise AlreadyFinished
        accepted = accept(play, first, raws, log.elapsed_ms, hints=log.hints)
        log.dropped += accepted.dropped
        if accepted.clipped:
            log.flag("clock")
        _keep(log, accepted.play)
    return log, accepted


def _is_over(log: TaskLog) -> bool:
    place = log.sitting_item
    return log.ended_at is not None or (place is not None and place.sitting.finished_at is not None)


def _keep(log: TaskLog, play: Play) -> None:
    log.events = play.rows
    if many_refusals(play):
        log.flag("many_refusals")
    if play.state.ended:
        end_play(log)
