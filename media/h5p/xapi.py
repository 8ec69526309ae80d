"""xAPI statements: what a browser says, made into what the server knows.

Everything that tells who, when, about what and under which id is written by the server; from the browser come only the
verb, the response, the duration and the definition of the interaction. The score that it claims is kept apart, marked.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from .errors import StatementError

LARGEST_STATEMENT = 64 * 1024
_DEEPEST = 12
_MOST_VALUES = 2_000
_LONGEST_TEXT = 20_000
_VERB_PREFIXES = (
    "http://adlnet.gov/expapi/verbs/",
    "http://activitystrea.ms/schema/1.0/",
    "https://w3id.org/xapi/",
)
_VERBS = """
answered attempted asked completed consumed failed interacted mastered passed progressed scored suspended terminated
downloaded copied accessed-reuse accessed-embed accessed-copyright initialized experienced started finished
"""
VERBS = frozenset(_VERBS.split())
_DATE_PART, _TIME_PART = (
    r"(?:[0-9]{1,4}D)?",
    r"(?:[0-9]{1,4}H)?(?:[0-9]{1,5}M)?(?:[0-9]{1,9}(?:\.[0-9]{1,6})?S)?",
)
_DURATION = re.compile(rf"P(?=[0-9T]){_DATE_PART}(?:T{_TIME_PART})?", re.ASCII)
_INTERACTION_TYPES = """
true-false choice fill-in long-fill-in matching performance sequencing likert numeric other compound
"""
_INTERACTIONS = frozenset(_INTERACTION_TYPES.split())
_CLAIMED = "urn:h5p-python:claimed-score"
_SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"
_SUB_CONTENT_FORM = re.compile(r"[0-9a-zA-Z-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the server knows of the attempt that a statement belongs to. ``account`` is an opaque name of the person."""

    statement_id: UUID
    registration: UUID
    home_page: str
    account: str
    activity: str
    title: str
    timestamp: datetime
    stored: datetime


def normalize(statement: object, attempt: Attempt) -> dict[str, Any]:
    """Raises ``StatementError``."""
    if not isinstance(statement, dict):
        raise StatementError("bad-statement", "a statement is an object")
    _check_size(statement)
    target = _object(statement.get("object"), "object")
    made: dict[str, Any] = {
        "id": str(attempt.statement_id),
        "actor": {"objectType": "Agent", "account": {"homePage": attempt.home_page, "name": attempt.account}},
        "verb": _verb(statement.get("verb")),
        "object": _activity(target, attempt),
        "context": {"registration": str(attempt.registration)},
        "timestamp": _moment(attempt.timestamp),
        "stored": _moment(attempt.stored),
    }
    result = _result(_object(statement.get("result"), "result"))
    return made | ({"result": result} if result else {})


def export_lines(statements: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """JSON lines, one statement a line, keys in order."""
    for statement in statements:
        yield json.dumps(statement, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


def _check_size(statement: dict[str, Any]) -> None:
    """Before anything is read: depth, number of values, texts that a database cannot hold, numbers that are none."""
    values = 0
    stack: list[tuple[object, int]] = [(statement, 1)]
    length = 0
    while stack:
        value, depth = stack.pop()
        values += 1
        if depth > _DEEPEST or values > _MOST_VALUES:
            raise StatementError("statement-too-large", "nested too deep or too many values")
        if isinstance(value, dict):
            stack.extend((one, depth + 1) for pair in value.items() for one in pair)
        elif isinstance(value, list):
            stack.extend((one, depth + 1) for one in value)
        else:
            length += _checked_length(value)
            if length > LARGEST_STATEMENT:
                raise StatementError("statement-too-large", f"more than {LARGEST_STATEMENT} bytes")


def _checked_length(value: object) -> int:
    if isinstance(value, str):
        try:
            size = len(value.encode())
        except UnicodeEncodeError:
            raise StatementError("bad-statement", "text that is not Unicode") from None
        if "\0" in value:
            raise StatementError("bad-statement", "NUL in a text")
        return size
    if isinstance(value, float) and not math.isfinite(value):
        raise StatementError("bad-statement", "a number that is none")
    if value is not None and not isinstance(value, int | float):
        raise StatementError("bad-statement", "a value that JSON does not have")
    return 8


def _object(value: object, name: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise StatementError("bad-statement", f"{name} is not an object")
    return value


def _verb(value: object) -> dict[str, Any]:
    address = _object(value, "verb").get("id")
    if not isinstance(address, str):
        raise StatementError("bad-verb", "the verb has no id")
    for prefix in _VERB_PREFIXES:
        word = address.removeprefix(prefix)
        if word != address and word in VERBS:
            return {"id": address, "display": {"en-US": word}}
    if address.startswith("http://h5p.org/x-api/") and address.rpartition("/")[2] in VERBS:
        return {"id": address, "display": {"en-US": address.rpartition("/")[2]}}
    raise StatementError("bad-verb", "a verb that is not known")


def _activity(target: dict[str, Any], attempt: Attempt) -> dict[str, Any]:
    """Always the attempt's own activity, or a part of it: a browser cannot speak about anything else."""
    given = _object(target.get("definition"), "definition")
    definition: dict[str, Any] = {
        "name": {"vi": attempt.title},
        "type": "http://adlnet.gov/expapi/activities/assessment",
    }
    interaction = given.get("interactionType")
    if isinstance(interaction, str) and interaction in _INTERACTIONS:
        definition |= {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "interactionType": interaction,
        }
    part = _object(given.get("extensions"), "extensions").get(_SUB_CONTENT)
    if isinstance(part, str) and _SUB_CONTENT_FORM.fullmatch(part):
        definition["extensions"] = {_SUB_CONTENT: part}
        return {
            "objectType": "Activity",
            "id": f"{attempt.activity}?subContentId={part}",
            "definition": definition,
        }
    return {"objectType": "Activity", "id": attempt.activity, "definition": definition}


def _result(given: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    response = given.get("response")
    if isinstance(response, str):
        result["response"] = response[:_LONGEST_TEXT]
    duration = given.get("duration")
    if isinstance(duration, str) and _DURATION.fullmatch(duration):
        result["duration"] = duration
    if isinstance(given.get("completion"), bool):
        result["completion"] = given["completion"]
    claimed = _claimed(given)
    return result | ({"extensions": {_CLAIMED: claimed}} if claimed else {})


def _claimed(given: dict[str, Any]) -> dict[str, Any]:
    """Never under ``score`` or ``success``: whoever reads those must be able to believe them."""
    score = _object(given.get("score"), "score")
    numbers = {key: score[key] for key in ("raw", "min", "max", "scaled") if _is_number(score.get(key))}
    return numbers | ({"success": given["success"]} if isinstance(given.get("success"), bool) else {})


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**9


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
