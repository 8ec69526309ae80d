"""The scoring sheet as rows of a table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courses.gatherings.minutes.record import Record
from courses.gatherings.minutes.scoring import Line, scoring_sheet
from courses.gatherings.models import Minutes
from lms.theme.written_numbers import percent, plain_number


def scoring_rows(record: Record, minutes: Minutes) -> list[dict[str, object]]:
    """name, value, wanted, reached (None: not known)."""
    lines = scoring_sheet(record, minutes.gathering.created_at, minutes.merged_at)
    return [
        {"name": _NAMES[line.name](), "value": _value(line), "wanted": _wanted(line), "reached": line.reached}
        for line in lines
    ]


_NAMES = {
    "duration": lambda: _("Duration"),
    "attendance": lambda: _("Attendance"),
    "preparation": lambda: _("Prepared beforehand"),
    "speaking": lambda: _("Share who spoke"),
    "handed_in": lambda: _("Minutes handed in"),
}


def _value(line: Line) -> str:
    if line.value is None:
        return _("not known")
    if line.name == "duration":
        return _("%(n)s minutes") % {"n": plain_number(line.value)}
    if line.name in ("attendance", "speaking"):
        return percent(line.value)
    days = {"n": plain_number(line.value, 1)}
    return _("%(n)s days before") % days if line.name == "preparation" else _("after %(n)s days") % days


def _wanted(line: Line) -> str:
    if line.name == "duration":
        return _("at least %(n)s minutes") % {"n": plain_number(line.wanted)}
    if line.name == "attendance":
        return _("at least %(share)s") % {"share": percent(line.wanted)}
    if line.name == "speaking":
        return _("more than %(share)s") % {"share": percent(line.wanted)}
    days = {"n": plain_number(line.wanted)}
    return (
        _("at least %(n)s days before") % days
        if line.name == "preparation"
        else _("within %(n)s days") % days
    )
