"""Pure: which action leads from which phase to which; when an answer is in time. Time is the gathering's own, in ms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

LOBBY, SHOWN, OPEN, CLOSED = "lobby", "shown", "open", "closed"
REVEALED, DISCUSS, PAUSED, ENDED = "revealed", "discuss", "paused", "ended"
ACTIONS = ("next", "back", "open", "close", "reveal", "discuss", "reopen", "pause", "resume", "end")
# Kinds of steps that are answered.
ASKED = frozenset({"question", "vote", "pulse"})
GRACE_MS = 5_000
_LEAVABLE = frozenset({LOBBY, SHOWN, CLOSED, REVEALED, DISCUSS})


class NotAllowed(Exception):
    """This action makes no sense in the present phase."""


class InTime(StrEnum):
    YES = "yes"
    LATE = "late"
    NO = "no"


@dataclass(frozen=True)
class StepProgress:
    """What happened to a step so far. ``closed_ms``: since when its round takes no more answers."""

    phase: str = SHOWN
    round: int = 1
    asked: bool = False
    revealed: bool = False
    discussed: bool = False
    closed_ms: int | None = None


@dataclass(frozen=True)
class Stage:
    """Where a gathering stands."""

    phase: str = LOBBY
    position: int = 0
    paused_from: str = ""
    progress: Mapping[int, StepProgress] = field(default_factory=dict)

    @property
    def here(self) -> StepProgress:
        return self.progress.get(self.position, StepProgress())


def move(stage: Stage, action: str, kinds: Sequence[str], now_ms: int) -> Stage:
    """The stage after an action; ``kinds`` are the kinds of the steps. Raises ``NotAllowed``."""
    if action not in ACTIONS or stage.phase == ENDED:
        raise NotAllowed
    if action == "end":
        return replace(_halt(stage, now_ms), phase=ENDED, paused_from="")
    if stage.phase == PAUSED:
        if action != "resume":
            raise NotAllowed
        return _resume(stage)
    if action == "pause":
        return replace(_halt(stage, now_ms), phase=PAUSED, paused_from=stage.phase)
    if action in ("next", "back"):
        return _leave(stage, 1 if action == "next" else -1, len(kinds))
    return _ask(stage, action, kinds, now_ms)


def in_time(stage: Stage, position: int, round_: int, now_ms: int) -> InTime:
    """Open or within the grace: in time. Asked before: late. Never asked, or all over: no."""
    here = stage.progress.get(position)
    if here is None or not here.asked or not 1 <= round_ <= here.round or stage.phase == ENDED:
        return InTime.NO
    if round_ < here.round:
        return InTime.LATE
    if here.closed_ms is None or now_ms - here.closed_ms <= GRACE_MS:
        return InTime.YES
    return InTime.LATE


def to_json(progress: Mapping[int, StepProgress]) -> dict[str, Any]:
    return {str(position): vars(one) for position, one in progress.items()}


def from_json(stored: Mapping[str, Any]) -> dict[int, StepProgress]:
    return {int(position): StepProgress(**one) for position, one in stored.items()}


def _leave(stage: Stage, by: int, steps: int) -> Stage:
    """A step that was left comes back in the phase in which it was left."""
    position = stage.position + by
    if stage.phase not in _LEAVABLE or not 0 <= position <= steps:
        raise NotAllowed
    if position == 0:
        return replace(stage, position=0, phase=LOBBY)
    there = stage.progress.get(position, StepProgress())
    progress = {**stage.progress, position: there}
    return replace(stage, position=position, phase=there.phase, progress=progress)


def _ask(stage: Stage, action: str, kinds: Sequence[str], now_ms: int) -> Stage:
    if not 1 <= stage.position <= len(kinds) or kinds[stage.position - 1] not in ASKED:
        raise NotAllowed
    here, phase = stage.here, stage.phase
    if (action, phase) == ("open", SHOWN):
        after = replace(here, phase=OPEN, asked=True, closed_ms=None)
    elif (action, phase) == ("close", OPEN):
        after = replace(here, phase=CLOSED, closed_ms=now_ms)
    elif action == "reveal" and phase in (OPEN, CLOSED, DISCUSS):
        closed = now_ms if phase == OPEN else here.closed_ms
        after = replace(here, phase=REVEALED, revealed=True, closed_ms=closed)
    elif action == "discuss" and phase in (CLOSED, REVEALED):
        after = replace(here, phase=DISCUSS, discussed=True)
    elif (action, phase) == ("reopen", CLOSED):  # closed too early: the same round goes on
        after = replace(here, phase=OPEN, closed_ms=None)
    elif action == "reopen" and phase in (REVEALED, DISCUSS):
        after = replace(here, phase=OPEN, round=here.round + 1, closed_ms=None)
    else:
        raise NotAllowed
    return replace(stage, phase=after.phase, progress={**stage.progress, stage.position: after})


def _halt(stage: Stage, now_ms: int) -> Stage:
    """A pause or the end stops a running question; its grace begins."""
    if stage.phase != OPEN:
        return stage
    stopped = replace(stage.here, closed_ms=now_ms)
    return replace(stage, progress={**stage.progress, stage.position: stopped})


def _resume(stage: Stage) -> Stage:
    resumed = replace(stage, phase=stage.paused_from, paused_from="")
    if resumed.phase != OPEN:
        return resumed
    again = replace(resumed.here, closed_ms=None)
    return replace(resumed, progress={**resumed.progress, resumed.position: again})
