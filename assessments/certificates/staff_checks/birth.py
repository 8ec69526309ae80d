"""Birth as lists write it: a date or only a year. Pure."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_DAY_FIRST = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


class Birth(NamedTuple):
    year: int
    date: dt.date | None = None

    def agrees(self, other: Birth) -> bool:
        """By the day where both know it, else by the year."""
        if self.date is not None and other.date is not None:
            return self.date == other.date
        return self.year == other.year


def read_birth(text: str) -> Birth | None:
    """None for nothing and for what is no date."""
    text = text.strip()
    if _YEAR.fullmatch(text):
        return Birth(int(text))
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        return None
    try:
        return Birth(year, dt.date(year, month, day))
    except ValueError:
        return None
