"""When a round is over for good, its figures enter the chain of events."""

from __future__ import annotations

from courses.gatherings.evidence_mix import round_summary
from courses.gatherings.models import Gathering
from courses.gatherings.phases import Stage
from courses.gatherings.record_event import append_event


def settle_step(gathering: Gathering, before: Stage, action: str) -> None:
    """Leaving an answered step, asking it again, or ending: the round that was asked is written down as it stands."""
    here = before.here
    if not here.asked or action not in ("next", "back", "reopen", "end"):
        return
    if action == "reopen" and gathering.round == here.round:
        return
    append_event(gathering, "round", dict(round_summary(gathering, before.position, here.round)))
