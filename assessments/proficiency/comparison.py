"""Units below, set against the figure of the whole: never ranked, only told apart where intervals do not touch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from assessments.proficiency.shares import Share

_DIGITS = re.compile(r"(\d+)")


class Compared(Protocol):
    @property
    def share(self) -> Share | None: ...

    @property
    def sorted_by(self) -> str: ...


Row = TypeVar("Row", bound=Compared)


def compared(rows: Sequence[Row], whole: Share | None) -> list[tuple[str, list[Row]]]:
    """Groups with their headings, the one that needs help first; inside a group by name."""
    titles = {
        "below": _("Clearly below the figure of the whole: help here first"),
        "alike": _("Cannot be told apart from the figure of the whole"),
        "above": _("Clearly above the figure of the whole"),
        "none": _("No number published"),
    }
    groups: dict[str, list[Row]] = {place: [] for place in titles}
    for row in sorted(rows, key=lambda one: natural(one.sorted_by)):
        groups[_place(row.share, whole)].append(row)
    return [(titles[place], found) for place, found in groups.items() if found]


def natural(name: str) -> list[tuple[int, str]]:
    """Thôn 2 before Thôn 10."""
    return [(int(part), "") if place % 2 else (0, part) for place, part in enumerate(_DIGITS.split(name))]


def _place(share: Share | None, whole: Share | None) -> str:
    if share is None:
        return "none"
    if whole is not None and share.population != whole.population:
        return "alike"  # those who did the assessment and all inhabitants are different people
    if whole is not None and share.high < whole.low:
        return "below"
    if whole is not None and share.low > whole.high:
        return "above"
    return "alike"
