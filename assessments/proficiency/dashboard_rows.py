"""The two queries of a dashboard beside its tree: skills with what stands behind their figures, and the numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.dateparse import parse_date, parse_datetime

from assessments.items.api import Skill
from assessments.proficiency.models import (
    Aggregate,
    Band,
    EstimateRun,
    GroupChange,
    GroupEstimate,
    HallMix,
    Milestone,
)
from assessments.proficiency.record_hall_parts import NUMBERS
from assessments.sittings.api import Calibration
from lms.organisations.api import Unit

_HALLS = ("gatherings", *NUMBERS)
_IN_FORCE = EstimateRun.State.IN_FORCE


@dataclass(frozen=True)
class Run:
    """The run of the estimates in force."""

    number: int
    at: dt.datetime


@dataclass(frozen=True)
class Basis:
    """The version of the item parameters that the run rests on."""

    number: int
    model: str
    at: dt.datetime


@dataclass(frozen=True)
class Change:
    """A share before and after; ``shown`` when the difference is beyond error."""

    since: dt.date
    before: float
    after: float
    low: float
    high: float
    people: int
    shown: bool

    @property
    def before_percent(self) -> int:
        return round(100 * self.before)

    @property
    def after_percent(self) -> int:
        return round(100 * self.after)

    @property
    def low_points(self) -> int:
        """The smaller number of people of 100, whichever way it went."""
        return round(100 * min(abs(self.low), abs(self.high)))

    @property
    def high_points(self) -> int:
        return round(100 * max(abs(self.low), abs(self.high)))


@dataclass(frozen=True)
class Halls:
    """Gatherings of a unit that asked about a skill, and who took part in which way."""

    gatherings: int
    present: int
    alone: int
    alone_answers: int
    assisted: int
    assisted_answers: int
    by_hand: int
    by_hand_answers: int


@dataclass(frozen=True)
class SkillShown:
    skill: Skill
    run: Run | None
    basis: Basis | None
    change: Change | None
    halls: Halls | None = None


def skills_shown(slug: str, audience: str) -> list[SkillShown]:
    """All skills, in one query; the change is that of this unit and audience (empty: everybody)."""
    run = EstimateRun.objects.filter(state=_IN_FORCE)
    started = Subquery(run.values("started_at")[:1])
    # The newest one that was in force when the run began.
    basis = (
        Calibration.objects.filter(skill=OuterRef("pk"))
        .exclude(state__in=("running", "failed"))
        .annotate(since=Coalesce("in_force_from", "started_at"))
        .filter(since__lte=started)
        .order_by("-number")
    )
    change = GroupChange.objects.filter(
        run__state=_IN_FORCE, unit__slug=slug, audience=audience, skill=OuterRef("pk"), band=Band.PROFICIENT
    )
    halls = HallMix.objects.filter(unit__slug=slug, skill=OuterRef("pk"), gatherings__gt=0)
    skills = Skill.objects.annotate(
        run_said=Subquery(run.values(said=JSONObject(number="number", at="finished_at"))[:1]),
        basis_said=Subquery(basis.values(said=JSONObject(number="number", model="model", at="since"))[:1]),
        halls_said=Subquery(halls.values(said=JSONObject(**{name: name for name in _HALLS}))[:1]),
        change_said=Subquery(
            change.values(
                said=JSONObject(
                    since="since", before="share_before", after="share_after", low="low", high="high",
                    people="people", shown="shown",
                )
            )[:1]
        ),
    )  # fmt: skip
    return [
        SkillShown(
            skill,
            _run(skill.run_said),
            _basis(skill.basis_said),
            _change(skill.change_said),
            Halls(**skill.halls_said) if skill.halls_said else None,
        )
        for skill in skills
    ]


def numbers(
    units: Sequence[Unit], unit: Unit, skill: Skill, skill_ids: Iterable[int], audience: str, estimated: bool
) -> QuerySet[Any, tuple[Any, ...]]:
    """Counts and estimates in one query, whatever the number of people.

    Counts of all units for every skill, because what must be withheld is decided over the whole tree; estimates of
    the unit itself, and of the others for the chosen skill and audience only.
    """
    here = [one.pk for one in units]
    denominators = Q(milestone__in=(Milestone.MEASURED, Milestone.PASSED_FIRST), skill_id__in=list(skill_ids))
    counted = Aggregate.objects.filter(Q(skill=skill) | denominators, unit_id__in=here)
    if estimated:  # then no share of those who passed is shown, and half of the rows need not be read
        counted = counted.exclude(milestone=Milestone.PASSED_FIRST)
    nothing = Value(0.0, output_field=FloatField())
    counts = counted.values_list(
        "unit_id", "skill_id", "audience", "people", F("milestone"),
        nothing, nothing, nothing, nothing, nothing, nothing, Value(""), Value(""),
    )  # fmt: skip
    others = Q(unit_id__in=here, skill=skill, audience=audience, band=Band.PROFICIENT)
    found = GroupEstimate.objects.filter(Q(unit=unit) | others, run__state=_IN_FORCE)
    estimates = found.values_list(
        "unit_id", "skill_id", "audience", "people", F("band"),
        "share", "low", "high", "coverage", "supervised_share", "risk_per_100", "label", "standing",
    )  # fmt: skip
    # Real columns first: the values that stand in for them would be converted one by one.
    return estimates.union(counts, all=True)


def _run(said: dict[str, Any] | None) -> Run | None:
    return Run(said["number"], _moment(said["at"])) if said else None


def _basis(said: dict[str, Any] | None) -> Basis | None:
    return Basis(said["number"], said["model"], _moment(said["at"])) if said else None


def _change(said: dict[str, Any] | None) -> Change | None:
    if not said:
        return None
    since = parse_date(said["since"]) or dt.date.min
    return Change(**{**said, "since": since, "shown": bool(said["shown"])})


def _moment(said: str | None) -> dt.datetime:
    """JSON of one database names the time zone, that of the other leaves it out: both mean UTC."""
    moment = parse_datetime(said or "") or dt.datetime.min
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
