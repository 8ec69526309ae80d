"""The run in force computed again: the same sittings and seed must give exactly the same numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from assessments.proficiency.groups.estimate_groups import compute
from assessments.proficiency.groups.models import EstimateRun, GroupChange, GroupEstimate
from assessments.proficiency.groups.skill_figures import SkillFigures

# Coverage follows today's members and is not compared.
_ESTIMATE = ("share", "low", "high", "people", "supervised_share", "label", "standing", "risk_per_100")
_CHANGE = ("share_before", "share_after", "low", "high", "people", "shown")
Key = tuple[object, ...]


@dataclass
class Recount:
    """Figures that differ, and skills that cannot be compared since units, residents or samples changed."""

    compared: int = 0
    wrong: list[Key] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)


def recount_estimates() -> Recount:
    """Nothing to compare while no run is in force."""
    result = Recount()
    run = EstimateRun.objects.filter(state=EstimateRun.State.IN_FORCE).first()
    if run is None:
        return result
    for code, figures in compute(run):
        if run.settings["digests"].get(code) != figures.digest:
            result.outdated.append(code)
            continue
        found, expected = dict(_stored(run, code)), dict(_computed(figures))
        result.compared += len(expected)
        result.wrong += sorted(
            (code, *key) for key in {*found, *expected} if found.get(key) != expected.get(key)
        )
    return result


def _stored(run: EstimateRun, code: str) -> Iterator[tuple[Key, Key]]:
    for estimate in GroupEstimate.objects.filter(run=run, skill__code=code):
        yield _pair("estimate", estimate, _ESTIMATE)
    for change in GroupChange.objects.filter(run=run, skill__code=code):
        yield _pair("change", change, _CHANGE)


def _computed(figures: SkillFigures) -> Iterator[tuple[Key, Key]]:
    for estimate in figures.estimates:
        yield _pair("estimate", estimate, _ESTIMATE)
    for change in figures.changes:
        yield _pair("change", change, _CHANGE)


def _pair(kind: str, row: Any, fields: Iterable[str]) -> tuple[Key, Key]:
    return (kind, row.unit_id, row.audience, row.band), tuple(getattr(row, name) for name in fields)
