"""Plays of visitors without an account: kept in their session only, the last few of them."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from assessments.items.api import ItemVersion
from assessments.sittings.errors import NotFound
from assessments.sittings.trace.task_log import TaskLog

_KEY = "task_plays"
_MOST = 3
_FIELDS = ("seed", "events", "stepped", "dropped", "flags", "return_path")


def load(session: SessionBase, log_uuid: uuid.UUID) -> TaskLog:
    """An unsaved log with its version. Raises ``NotFound``."""
    kept: dict[str, Any] | None = session.get(_KEY, {}).get(str(log_uuid))
    version = ItemVersion.objects.filter(pk=kept["version"]).first() if kept else None
    if kept is None or version is None:
        raise NotFound
    log = TaskLog(uuid=log_uuid, version=version, **{name: kept[name] for name in _FIELDS})
    log.opened_at = datetime.datetime.fromisoformat(kept["opened_at"])
    log.ended_at = datetime.datetime.fromisoformat(kept["ended_at"]) if kept["ended_at"] else None
    return log


def store(session: SessionBase, log: TaskLog) -> None:
    plays = {key: play for key, play in session.get(_KEY, {}).items() if key != str(log.uuid)}
    kept = dict(list(plays.items())[-(_MOST - 1) :])
    session[_KEY] = {**kept, str(log.uuid): _as_json(log)}


def _as_json(log: TaskLog) -> dict[str, Any]:
    return {
        **{name: getattr(log, name) for name in _FIELDS},
        "version": log.version_id,
        "opened_at": log.opened_at.isoformat(),
        "ended_at": log.ended_at.isoformat() if log.ended_at else None,
    }
