"""Between the row of a gathering and the pure stage of ``phases``."""

from __future__ import annotations

from courses.gatherings.models import Gathering
from courses.gatherings.phases import Stage, from_json, to_json

STAGE_FIELDS = ("phase", "position", "paused_from", "round", "progress")


def stage_of(gathering: Gathering) -> Stage:
    return Stage(gathering.phase, gathering.position, gathering.paused_from, from_json(gathering.progress))


def set_stage(gathering: Gathering, stage: Stage) -> None:
    """The caller saves ``STAGE_FIELDS``."""
    gathering.phase, gathering.position = stage.phase, stage.position
    gathering.paused_from = stage.paused_from
    gathering.progress = to_json(stage.progress)
    gathering.round = stage.here.round if stage.position else 0


def kinds_of(gathering: Gathering) -> list[str]:
    return [str(step["kind"]) for step in gathering.steps]
