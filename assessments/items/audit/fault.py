"""A fault of the content, in a line for its author. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """``id`` names the item, task, lesson or skill; a warning does not fail the audit."""

    code: str
    id: str
    field: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        mark = " (w)" if self.warning else ""
        return f"{self.code}{mark} {self.id} {self.field or '-'}: {self.message}"
