"""Pure: records as JSON, for the draft and for what is frozen at the signing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from courses.gatherings.minutes.record import (
    Absent,
    Details,
    Figure,
    Log,
    Opinion,
    Question,
    Record,
    Task,
    Vote,
)

# A frozen paper says the hours that the clock on the wall showed, on whatever server it is made again.
PROVINCE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def details_to_json(details: Details) -> dict[str, Any]:
    return _plain(dataclasses.asdict(details))


def details_from_json(stored: Mapping[str, Any]) -> Details:
    """What an older version of the program did not know takes its empty value."""
    known = {field.name for field in dataclasses.fields(Details)}
    said: dict[str, Any] = {name: value for name, value in stored.items() if name in known}
    said["absent"] = tuple(Absent(**one) for one in stored.get("absent", ()))
    said["opinions"] = tuple(Opinion(**one) for one in stored.get("opinions", ()))
    said["tasks"] = tuple(Task(one["what"], one["who"], _day(one["due"])) for one in stored.get("tasks", ()))
    said["began"] = _moment(stored.get("began"))
    return Details(**said)


def record_to_json(record: Record) -> dict[str, Any]:
    return _plain(dataclasses.asdict(record))


def record_from_json(stored: Mapping[str, Any]) -> Record:
    log = dict(stored["log"])
    log["started_at"] = _moment(log["started_at"])
    for name in ("present_names", "not_joined", "steps"):
        log[name] = tuple(log[name])
    log["questions"] = tuple(
        Question(
            one["number"],
            one["round"],
            one["prompt"],
            {letter: Figure(**figure) for letter, figure in one["by_class"].items()},
        )
        for one in log["questions"]
    )
    log["votes"] = tuple(Vote(**one) for one in log["votes"])
    return Record(Log(**log), details_from_json(stored["details"]))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text).astimezone(PROVINCE_TIME) if text else None
