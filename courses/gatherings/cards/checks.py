"""Says at the start when answer cards cannot be read by camera."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from courses.gatherings.cards.static_finder import reader_is_here


@register()
def card_reader_is_installed(**kwargs: Any) -> list[CheckMessage]:
    """The grid for typing is always there."""
    if reader_is_here():
        return []
    return [
        Warning(
            "The reader of answer cards is not here; cards are typed into the grid.",
            hint="Install Node.js and run `make setup`.",
            id="gatherings.W001",
        )
    ]
