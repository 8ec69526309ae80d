"""Pure: the stage of a hall that follows, after what the leading gathering tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from courses.gatherings.phases import (
    ASKED,
    CLOSED,
    DISCUSS,
    ENDED,
    LOBBY,
    OPEN,
    PAUSED,
    REVEALED,
    SHOWN,
    Stage,
    StepProgress,
)

_PHASES = frozenset({LOBBY, SHOWN, OPEN, CLOSED, REVEALED, DISCUSS, PAUSED, ENDED})
_MOST_ROUNDS = 99


class Unfollowable(ValueError):
    """What was told is no state of a gathering with these steps."""


@dataclass(frozen=True)
class Told:
    """The part of a public state that a following hall needs."""

    version: int
    phase: str
    position: int
    round: int


def read_told(state: Any, steps: int) -> Told:
    """Strictly: the leading server is another machine."""
    step = state.get("step") if isinstance(state, Mapping) else None
    if not isinstance(step, Mapping):
        raise Unfollowable
    numbers = (state.get("version"), step.get("position"), step.get("round"))
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in numbers):
        raise Unfollowable
    version, position, round_ = (int(str(number)) for number in numbers)
    fits = 0 <= position <= steps and 0 <= round_ <= _MOST_ROUNDS and version >= 1
    if state.get("phase") not in _PHASES or not fits:
        raise Unfollowable
    return Told(version, state["phase"], position, round_)


def mirrored(stage: Stage, told: Told, kinds: Sequence[str], now_ms: int) -> Stage:
    """Where the hall stands now. An ended hall stays ended; a step that it missed is simply not asked there."""
    if stage.phase == ENDED:
        return stage
    stopped = _stopped(stage, told, now_ms)
    if told.phase == ENDED:
        return replace(stopped, phase=ENDED, paused_from="")
    if told.phase == PAUSED:
        return stopped if stage.phase == PAUSED else replace(stopped, phase=PAUSED, paused_from=stage.phase)
    if told.position == 0:
        return replace(stopped, phase=LOBBY, position=0, paused_from="")
    here = stopped.progress.get(told.position, StepProgress())
    after = _asked(here, told, now_ms) if kinds[told.position - 1] in ASKED else replace(here, phase=SHOWN)
    progress = {**stopped.progress, told.position: after}
    return Stage(after.phase, told.position, "", progress)


def _stopped(stage: Stage, told: Told, now_ms: int) -> Stage:
    """A question that was open here and is not open there any more takes no more answers."""
    here = stage.progress.get(stage.position)
    same = (told.position, told.phase, told.round) == (stage.position, OPEN, here.round if here else 0)
    if here is None or here.phase != OPEN or here.closed_ms is not None or same:
        return stage
    closed = replace(here, phase=CLOSED, closed_ms=now_ms)
    return replace(stage, progress={**stage.progress, stage.position: closed})


def _asked(here: StepProgress, told: Told, now_ms: int) -> StepProgress:
    round_ = max(here.round, told.round, 1)
    if told.phase == OPEN:
        return replace(here, phase=OPEN, round=round_, asked=True, closed_ms=None)
    here = replace(here, round=round_, phase=told.phase)
    if told.phase in (CLOSED, REVEALED, DISCUSS) and here.closed_ms is None:
        here = replace(here, closed_ms=now_ms)
    if told.phase == REVEALED:
        return replace(here, revealed=True)
    if told.phase == DISCUSS:
        return replace(here, discussed=True)
    return here
