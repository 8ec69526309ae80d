"""Pure: how much an answer given in a hall says about the person who gave it."""

from __future__ import annotations

from courses.gatherings.phases import StepProgress

ALONE, ASSISTED, DISCUSSED = "A", "B", "C"


def evidence_class(here: StepProgress, round_: int, silent: bool, own_phone: bool) -> str:
    """A: own phone, first round, silent hall, nothing discussed or revealed. B: the same by borrowed phone or card.

    C: after discussion, with results visible, in a later round, or in a hall that talks.
    """
    if round_ > 1 or here.round > round_ or here.discussed or here.revealed or not silent:
        return DISCUSSED
    return ALONE if own_phone else ASSISTED
