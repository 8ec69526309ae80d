"""What the script of the player asks: the public half of the task, and the door for traces."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from assessments.items.api import digest, frame_words, hint_screens, problem_words, public_state
from assessments.sittings.errors import SittingError
from assessments.sittings.trace.act import act_by_trace
from assessments.sittings.trace.find_play import play_of
from assessments.sittings.trace.task_log import TaskLog
from assessments.sittings.trace.views import actor_of

MAX_BODY = 16 * 1024
MAX_EVENTS_A_POST = 100
MAX_EVENTS = 600
MAX_DEPTH = 4


class BadTrace(Exception):
    """A body that is not a trace at all."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@require_GET
@never_cache
def data(request: HttpRequest, log_uuid: uuid.UUID) -> JsonResponse:
    """Whoever began the play: the world without its judgement, and where they stand."""
    try:
        log = actor_of(request).find(log_uuid)
    except SittingError as refusal:
        return JsonResponse({}, status=refusal.status)
    now = play_of(log)
    words = {**frame_words(), "problems": problem_words()}
    return JsonResponse(
        {
            "world": now.compiled.public,
            "state": public_state(now),
            "words": words,
            "hints": hint_screens(now) if log.hints else [],
            "tag": tag_of(log),
        }
    )


@require_POST
@never_cache
def trace(request: HttpRequest, log_uuid: uuid.UUID) -> JsonResponse:
    """Whoever began the play. 200 when all of it is known now, 409 with the state to go on from."""
    try:
        body = read_body(request)
        actor = actor_of(request)
        if body["tag"] != tag_of(actor.find(log_uuid)):
            raise BadTrace(400)
        log, accepted = act_by_trace(actor, log_uuid, body["from"], body["events"])
    except BadTrace as problem:
        return JsonResponse({"error": "trace"}, status=problem.status)
    except SittingError as refusal:
        return JsonResponse({"error": "over"}, status=refusal.status)
    reply: dict[str, Any] = {"next": len(accepted.play.state.log), "digest": digest(log.events)}
    if accepted.conflict or body.get("ask") is True:
        reply["state"] = public_state(accepted.play)
    return JsonResponse(reply, status=409 if accepted.conflict else 200)


def tag_of(log: TaskLog) -> str:
    """Names the play without telling its seed: a browser that mixes two plays up is told so."""
    return digest([[str(log.uuid), log.version_id]])


def read_body(request: HttpRequest) -> dict[str, Any]:
    """``{from, events, tag, ask?}`` or ``BadTrace`` with 413 (too much) or 400 (not that)."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY or len(request.body) > MAX_BODY:
        raise BadTrace(413)
    try:
        body = json.loads(request.body.decode())
    except (ValueError, RecursionError):
        raise BadTrace(400) from None
    if not isinstance(body, dict) or _depth(body) > MAX_DEPTH or not isinstance(body.get("tag"), str):
        raise BadTrace(400)
    first, events = body.get("from"), body.get("events")
    if not isinstance(first, int) or isinstance(first, bool) or first < 0 or not isinstance(events, list):
        raise BadTrace(400)
    if len(events) > MAX_EVENTS_A_POST or first + len(events) > MAX_EVENTS:
        raise BadTrace(413)
    return body


def _depth(node: Any) -> int:
    if isinstance(node, dict):
        return 1 + max(map(_depth, node.values()), default=0)
    return 1 + max(map(_depth, node), default=0) if isinstance(node, list) else 0
