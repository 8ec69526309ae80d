"""Pure: which values a step takes, and whether a value is the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# No honest answer names more options.
_MOST = 10


class BadValue(Exception):
    """Not an answer to this step."""


def options_of(step: Mapping[str, Any]) -> list[str]:
    """The values that may be chosen, in the order in which they are shown and counted."""
    return [str(option["letter"]) for option in step["public"].get("options", ())]


def most_choices(step: Mapping[str, Any]) -> int:
    return int(step["public"].get("select", 1))


def is_secret_vote(step: Mapping[str, Any]) -> bool:
    return step["kind"] == "vote" and bool(step["public"].get("secret_ballot"))


def read_value(step: Mapping[str, Any], given: object) -> list[str]:
    """What was posted, as the chosen options in their order; raises ``BadValue``."""
    parts = given if isinstance(given, list) else [given]
    if len(parts) > _MOST or not all(isinstance(part, str) for part in parts):
        raise BadValue
    allowed = options_of(step)
    wanted = {str(part).strip() for part in parts}
    if not 1 <= len(wanted) <= most_choices(step) or not wanted <= set(allowed):
        raise BadValue
    return [option for option in allowed if option in wanted]


def is_right(step: Mapping[str, Any], value: Sequence[str]) -> bool | None:
    """None where the step has no key."""
    key = step["secret"].get("key")
    if not key:
        return None
    return sorted(value) == sorted(key)
