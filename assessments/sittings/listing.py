"""What the list and the introduction of assessments say about a visitor's own sittings."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.sittings.models import Blueprint, Purpose, Selection, Sitting
from assessments.sittings.start_sitting import may_start_from
from lms.accounts.api import Person

PRACTICE_PREFIX = "luyen-tap-"


@dataclass(frozen=True)
class State:
    """Where a person stands in one assessment."""

    running: uuid.UUID | None = None
    last: Sitting | None = None
    wait_until: datetime.date | None = None

    @property
    def passed(self) -> bool:
        return self.last is not None and self.last.passed is True


@dataclass(frozen=True)
class Entry:
    blueprint: Blueprint
    state: State
    count: int
    skill: str


@dataclass(frozen=True)
class Group:
    """Scored ones and practice ones stand apart, so that nobody mistakes one for the other."""

    practice: bool
    entries: list[Entry]


def groups(person: Person | None) -> list[Group]:
    """Two queries, one for visitors."""
    blueprints = list(Blueprint.objects.filter(open=True))
    states = _states(person, blueprints)
    entries = [Entry(one, states[one.pk], item_count(one), skill_of(one)) for one in blueprints]
    return [
        Group(False, [entry for entry in entries if entry.blueprint.purpose == Purpose.SCORED]),
        Group(True, [entry for entry in entries if entry.blueprint.purpose == Purpose.PRACTICE]),
    ]


def state_of(blueprint: Blueprint, person: Person | None) -> State:
    return _states(person, [blueprint])[blueprint.pk]


def item_count(blueprint: Blueprint) -> int:
    """The most there can be, where the number depends on the answers."""
    planned = len(blueprint.fixed_items) or sum(int(part["count"]) for part in blueprint.parts)
    adaptive = blueprint.selection == Selection.ADAPTIVE
    return (max(planned, blueprint.max_items) if adaptive else planned) + blueprint.unscored_seeds


def skill_of(blueprint: Blueprint) -> str:
    return str(blueprint.parts[0]["skill"]) if blueprint.parts else ""


def practice_of(sitting: Sitting) -> Blueprint | None:
    """The assessment to practise with after this one."""
    slug = str(sitting.frozen["slug"])
    slug = slug if slug.startswith(PRACTICE_PREFIX) else PRACTICE_PREFIX + slug
    return Blueprint.objects.filter(slug=slug, open=True).first()


def _states(person: Person | None, blueprints: Iterable[Blueprint]) -> dict[int, State]:
    own: dict[int, list[Sitting]] = {one.pk: [] for one in blueprints}
    if person is not None:
        for sitting in Sitting.objects.filter(person=person, blueprint__in=own).order_by("-started_at"):
            own[sitting.blueprint_id].append(sitting)
    return {one.pk: _state(one, own[one.pk]) for one in blueprints}


def _state(blueprint: Blueprint, sittings: list[Sitting]) -> State:
    running = next((one.uuid for one in sittings if one.finished_at is None), None)
    last = next((one for one in sittings if one.finished_at is not None), None)
    return State(running, last, may_start_from(blueprint, last.finished_at if last else None))
