"""How a simulated person learns: the room that holds courses says it, because this room must not know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Learning:
    """A simulated person opened a course of a skill, and perhaps finished it."""

    person_id: int
    skill_code: str
    finished: bool


# Writes the raw rows for these people (in bulk) and returns those for which a course exists.
Learner = Callable[[Sequence[Learning]], Sequence[Learning]]
_learners: list[Learner] = []


def register_learning(learner: Learner) -> None:
    """Once, in ``AppConfig.ready``. The learner writes raw rows only; milestones are counted here."""
    if learner not in _learners:
        _learners.append(learner)


def learn(planned: Sequence[Learning]) -> list[Learning]:
    """What was learned in fact; nothing when no room offers courses."""
    return [one for learner in _learners for one in learner(planned)]
