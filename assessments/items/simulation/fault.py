"""A fault of a task, in words that an editor understands. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``level`` is "error" (refuses) or "warning"; ``where`` names the screen, element or path."""

    code: str
    where: str
    message: str
    level: str = "error"
