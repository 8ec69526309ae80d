"""What a calibration says about each item, in sentences for editors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.items.api import EXPERT_B
from assessments.sittings.calibration.bring_into_force import GOOD_FIT, LARGE_RMSD
from assessments.sittings.calibration.found import PROVISIONAL_ANSWERS
from assessments.sittings.calibration.models import Calibration, ItemParameter, ParameterStatus
from lms.accounts.api import Audience

# Smaller differences would not change what an editor does.
_HALF_A_LEVEL, _FLAT, _MOVED, _SHOWN_OFTEN = 0.5, 0.5, 0.3, 0.4


@dataclass(frozen=True)
class Line:
    row: ItemParameter
    notes: list[str]

    @property
    def sure(self) -> bool:
        return self.row.status != ParameterStatus.EXPERT


def lines_of(calibration: Calibration) -> list[Line]:
    """One query; items that need a look come first."""
    rows = calibration.parameters.select_related("item").order_by("item__code")
    lines = [Line(row, list(_notes(row))) for row in rows]
    return sorted(lines, key=lambda line: not (line.sure and line.notes))


def _notes(row: ItemParameter) -> Iterator[str]:
    if row.status == ParameterStatus.EXPERT:
        yield _waiting(row)
        return
    yield from _difficulty(row)
    if row.a < _FLAT:
        yield _("Able and less able people do it almost alike: look at the wording and at the key.")
    yield from _fit(row)
    yield from _drift(row)
    yield from _groups(row)
    if row.fit.get("exposure", 0) > _SHOWN_OFTEN:
        yield _("It was shown in %(share)s %% of the sittings: use it less, before it gets around.") % {
            "share": round(100 * row.fit["exposure"])
        }


def _waiting(row: ItemParameter) -> str:
    more = PROVISIONAL_ANSWERS - row.answers
    if more > 0:
        return _("Difficulty guessed by experts; %(more)d more answers are needed.") % {"more": more}
    return _("Difficulty guessed by experts; nearly everybody answers it alike, so the answers say little.")


def _difficulty(row: ItemParameter) -> Iterator[str]:
    guess = row.item.difficulty
    nearest = min(EXPERT_B, key=lambda level: abs(EXPERT_B[level] - row.b))
    words = {"guess": guess, "nearest": nearest}
    if row.b - EXPERT_B[guess] > _HALF_A_LEVEL and nearest != guess:
        yield _("Harder than guessed: level %(guess)d was guessed, the answers say %(nearest)d.") % words
    elif EXPERT_B[guess] - row.b > _HALF_A_LEVEL and nearest != guess:
        yield _("Easier than guessed: level %(guess)d was guessed, the answers say %(nearest)d.") % words


def _fit(row: ItemParameter) -> Iterator[str]:
    low, high = GOOD_FIT
    largest = max(row.fit.get("infit", 1.0), row.fit.get("outfit", 1.0))
    smallest = min(row.fit.get("infit", 1.0), row.fit.get("outfit", 1.0))
    if largest > high:
        yield _("Many surprising answers: able people fail, less able people succeed. Is the key right?")
    elif smallest < low:
        yield _("The answers are more regular than chance allows: does another item give this one away?")
    elif row.fit.get("rmsd", 0) >= LARGE_RMSD:
        yield _("At some levels of ability people do clearly better or worse than the model expects.")


def _drift(row: ItemParameter) -> Iterator[str]:
    moved = row.fit.get("moved", 0)
    if not row.fit.get("drifted") or abs(moved) < _MOVED:
        return
    if moved < 0:
        yield _("It became easier since the last calibration: it may have got around.")
    else:
        yield _("It became harder since the last calibration: has what it asks about changed?")


def _groups(row: ItemParameter) -> Iterator[str]:
    for group, one in row.fit.get("dif", {}).items():
        if one["class"] == "A":
            continue
        words = {
            "group": Audience(group).label,
            "times": number_format(abs(100 * one["gap"]), decimal_pos=0),
        }
        if one["gap"] < 0:
            yield _("%(group)s succeed %(times)s times of 100 less often than equally able others.") % words
        else:
            yield _("%(group)s succeed %(times)s times of 100 more often than equally able others.") % words
