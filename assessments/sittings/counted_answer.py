"""Which of several answers to the same item counts."""

from __future__ import annotations

from assessments.sittings.models import Purpose


def counts_first(purpose: str) -> bool:
    """In practice the key is shown after an answer, so the first answer counts; elsewhere the last."""
    return purpose == Purpose.PRACTICE
