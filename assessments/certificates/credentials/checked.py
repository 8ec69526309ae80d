"""What a check of a credential says; pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any


class Problem(enum.StrEnum):
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"  # anything but ours: none, HS256 with the public key …
    FOREIGN_KEY = "foreign_key"  # the text brings its own key, or names a place to fetch one
    UNKNOWN_KEY = "unknown_key"  # not ours, or withdrawn as compromised
    SIGNATURE = "signature"
    ISSUER = "issuer"  # signed by our key, but the content names somebody else
    CONTENT = "content"  # not what we issued under this address
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # revoked or replaced
    STATUS_UNKNOWN = "status_unknown"  # the status list is missing, out of date or not signed by us


class Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Checked:
    """``genuine``: we signed exactly this. ``valid``: and it is in force."""

    genuine: bool
    problem: Problem | None
    code: str = ""
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        return self.genuine and self.problem is None
