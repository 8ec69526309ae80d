"""A level and how sure it is, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.sittings.estimate import LEAST_ANSWERS, PASS_PROBABILITY, band_of

# No measurement is without doubt.
_MOST_SURE = 0.99


@dataclass(frozen=True)
class Level:
    """``look`` names the terrace that is reached: 0 not yet, 1 basic, 2 proficient."""

    words: str
    look: int
    provisional: bool


def level_of(p_basic: float, p_proficient: float, answers: int, provisional: bool) -> Level:
    """“Proficient” and “basic” mean: at this level or above."""
    if answers < LEAST_ANSWERS:
        return Level(_("Not enough questions yet to say for sure"), 0, provisional)
    band = band_of(p_basic, p_proficient)
    sure = {"proficient": p_proficient, "basic": p_basic, "none": 1 - p_basic}[band]
    names = {"proficient": _("Proficient"), "basic": _("Basic"), "none": _("Not yet basic")}
    facts = {"level": names[band], "percent": round(100 * min(sure, _MOST_SURE))}
    if sure >= PASS_PROBABILITY:
        words = _("%(level)s – %(percent)d %% certain") % facts
    else:
        words = _("%(level)s – %(percent)d %% likely, not certain yet") % facts
    return Level(words, {"none": 0, "basic": 1, "proficient": 2}[band], provisional)
