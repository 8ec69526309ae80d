"""All group figures of one skill, from sittings to rows that are not saved yet. The same input, the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from assessments.items.api import Skill
from assessments.proficiency.figures import PARTITIONS
from assessments.proficiency.groups.area_fallback import area_shares
from assessments.proficiency.groups.cuts import Cuts
from assessments.proficiency.groups.evidence import gather, measuring
from assessments.proficiency.groups.measured import Evidence, Floats, Row
from assessments.proficiency.groups.models import GroupChange, GroupEstimate, Label, Standing
from assessments.proficiency.groups.participants import both_times, plausible_values
from assessments.proficiency.groups.pooling import Group, members, shares
from assessments.proficiency.groups.residents import Length, Model, fit_residents, resident_shares
from assessments.proficiency.groups.surroundings import Sample, Surroundings
from assessments.proficiency.groups.withhold import withheld
from assessments.psychometrics import groups as measurement
from assessments.psychometrics import growth
from assessments.psychometrics.errors import PsychometricsError
from assessments.psychometrics.publish import LEAST_SHOWN
from lms.accounts.api import Audience

_STANDINGS = {
    measurement.Standing.SUPPRESSED: Standing.SUPPRESSED,
    measurement.Standing.INDICATIVE: Standing.INDICATIVE,
    measurement.Standing.FIRM: Standing.PUBLISHED,
}


@dataclass(frozen=True)
class Order:
    """What is asked: a skill, the scale, the sittings known when the run began, cuts, seed and length."""

    skill: Skill
    calibration_id: int
    evidence_to: int
    cuts: Cuts
    seed: int
    length: Length

    def rng(self, stage: int) -> np.random.Generator:
        """Each stage has its own stream, so that one does not disturb another."""
        return np.random.default_rng([self.seed, self.skill.pk, stage])


class Share(NamedTuple):
    """One figure before the rules of publication."""

    share: float
    low: float
    high: float
    label: Label
    reference_people: int


Figures = dict[tuple[int, str, str], Share]  # unit, audience, band


@dataclass
class SkillFigures:
    digest: str
    estimates: list[GroupEstimate] = field(default_factory=list)
    changes: list[GroupChange] = field(default_factory=list)
    notes: dict[str, object] = field(default_factory=dict)


def figures_of_skill(order: Order, around: Surroundings, everybody: Mapping[Group, int]) -> SkillFigures:
    estimates = measuring(order.skill.pk, order.evidence_to)
    first = gather(estimates.filter(first=True), order.skill.pk, order.calibration_id)
    result = SkillFigures(around.digest(order.skill.code, first))
    if not first.rows:
        return result
    places = members(first.rows)
    plausible = _plausible(order, around, first, result)
    found = _among_participants(order, around, first, places, plausible)
    for sample in around.samples.get(order.skill.code, ()):
        found |= _among_residents(order, around, sample, first, result)
    hidden = _hidden(around, places)
    result.estimates = [
        _estimate(order, key, share, [first.rows[place] for place in places[key[:2]]], hidden)
        for key, share in sorted(found.items())
        if key[:2] in places
    ]
    _add_coverage(result.estimates, around, everybody)
    later = gather(estimates.filter(first=False, person__isnull=False), order.skill.pk, order.calibration_id)
    if plausible is not None:
        result.changes = _changes(order, around, first, later, plausible)
    return result


def _plausible(order: Order, around: Surroundings, first: Evidence, result: SkillFigures) -> Floats | None:
    """None where the data cannot carry the model."""
    try:
        return plausible_values(first, around.rank, order.rng(0), order.length)
    except PsychometricsError as problem:
        result.notes["fallback"] = str(problem)
        return None


def _among_participants(
    order: Order,
    around: Surroundings,
    first: Evidence,
    places: Mapping[Group, Sequence[int]],
    plausible: Floats | None,
) -> Figures:
    keys = sorted(places)
    lists = [places[key] for key in keys]
    found: Figures = {}
    if plausible is None:
        areas = [n for n, (unit, audience) in enumerate(keys) if not audience and around.rank.get(unit) == 0]
        by_band = {band: area_shares(first, lists, areas, band) for band in order.cuts}
    else:
        by_band = {band: shares(plausible, lists, cut) for band, cut in order.cuts.items()}
    for band, all_shares in by_band.items():
        for place, (unit, audience) in enumerate(keys):
            found[unit, audience, band] = _share(all_shares, place, Label.PARTICIPANTS, 0)
    return found


def _among_residents(
    order: Order, around: Surroundings, sample: Sample, first: Evidence, result: SkillFigures
) -> Figures:
    """Nothing where residents are unknown, or where the data cannot tell volunteers from others."""
    areas = around.areas(sample)
    evidence, reference = _with_reference(order, sample, first)
    if not areas or not any(reference):
        return {}
    try:
        model = fit_residents(evidence, reference, around.residents, around.rank, order.rng(1), order.length)
    except PsychometricsError as problem:
        result.notes["population"] = str(problem)
        return {}
    result.notes["volunteers"] = model.offset
    return _resident_figures(order, around, model, areas, sum(reference))


def _resident_figures(
    order: Order, around: Surroundings, model: Model, areas: Mapping[int, Sequence[int]], reference: int
) -> Figures:
    found: Figures = {}
    units = sorted(areas)
    for band, cut in order.cuts.items():
        all_shares = resident_shares(
            model, around.residents, [areas[unit] for unit in units], cut, order.rng(2)
        )
        for place, unit in enumerate(units):
            if all_shares.n[place] > 0:
                found[unit, "", band] = _share(all_shares, place, Label.POPULATION, reference)
    return found


def _with_reference(order: Order, sample: Sample, first: Evidence) -> tuple[Evidence, list[bool]]:
    """Each person once: somebody drawn stands there with the supervised sitting of the sample."""
    estimates = measuring(order.skill.pk, order.evidence_to).filter(sitting__in=sample.sitting_ids)
    drawn = gather(estimates, order.skill.pk, order.calibration_id)
    people = {row.person_id for row in drawn.rows if row.person_id is not None}
    sittings = {row.sitting_id for row in drawn.rows}
    others = first.only(
        [
            place
            for place, row in enumerate(first.rows)
            if row.person_id not in people and row.sitting_id not in sittings
        ]
    )
    joined = Evidence([*drawn.rows, *others.rows], np.concatenate([drawn.likelihood, others.likelihood]))
    return joined, [True] * len(drawn.rows) + [False] * len(others.rows)


def _share(all_shares: measurement.Shares, place: int, label: Label, reference: int) -> Share:
    share, low, high = (float(part[place]) for part in (all_shares.share, all_shares.low, all_shares.high))
    return Share(share, min(low, share), max(high, share), label, reference)


def _hidden(around: Surroundings, places: Mapping[Group, Sequence[int]]) -> set[Group]:
    people = {group: len(found) for group, found in places.items()}
    return withheld(around.nodes, PARTITIONS, Audience.values, people)


def _estimate(
    order: Order, key: tuple[int, str, str], share: Share, rows: Sequence[Row], hidden: set[Group]
) -> GroupEstimate:
    unit, audience, band = key
    standing = measurement.standing(len(rows), share.low, share.high, share.reference_people)
    return GroupEstimate(
        unit_id=unit,
        audience=audience,
        skill=order.skill,
        band=band,
        share=share.share,
        low=share.low,
        high=share.high,
        people=len(rows),
        supervised_share=sum(row.supervised for row in rows) / len(rows),
        label=share.label,
        standing=Standing.SUPPRESSED if (unit, audience) in hidden else _STANDINGS[standing],
        risk_per_100=measurement.risk_rate(sum(row.critical_errors for row in rows), len(rows)),
    )


def _add_coverage(
    estimates: Sequence[GroupEstimate], around: Surroundings, everybody: Mapping[Group, int]
) -> None:
    """Measured people among the residents where a figure speaks of them, else among today's members."""
    living: dict[int, int] = {}
    for (unit, _band), people in around.residents.items():
        living[unit] = living.get(unit, 0) + people
    paths = {node.pk: node.path for node in around.nodes}
    for one in estimates:
        total = everybody.get((one.unit_id, one.audience), 0)
        if one.label == Label.POPULATION:
            total = sum(n for unit, n in living.items() if paths[unit].startswith(paths[one.unit_id]))
        one.coverage = min(1.0, one.people / total) if total else None


def _changes(
    order: Order, around: Surroundings, first: Evidence, later: Evidence, plausible: Floats
) -> list[GroupChange]:
    """Of people measured twice, where ten or more of a group were; shown only beyond error.

    Mostly those try again who failed, partly by bad luck. Their first abilities are therefore drawn with everybody's
    (``plausible``): who came back depends on the first answers only, and given these the draws stay right. A model of
    the returned alone would take their bad luck for low ability, and its end for progress (regression to the mean;
    Rubin 1976 on ignorable selection).
    """
    began, after = both_times(first, later)
    if len(began) < LEAST_SHOWN:
        return []
    try:
        now = plausible_values(after, around.rank, order.rng(3), order.length)
    except PsychometricsError:
        return []
    before, then = first.only(began), plausible[:, began]
    places = members(before.rows)
    hidden = _hidden(around, places)
    found = []
    for (unit, audience), chosen in sorted(places.items()):
        if (unit, audience) in hidden or len(chosen) < LEAST_SHOWN:
            continue
        for band, cut in order.cuts.items():
            change = growth.share_change(then[:, chosen], now[:, chosen], cut)
            found.append(
                GroupChange(
                    unit_id=unit,
                    audience=audience,
                    skill=order.skill,
                    band=band,
                    since=min(before.rows[place].day for place in chosen),
                    share_before=float((then[:, chosen] >= cut).mean()),
                    share_after=float((now[:, chosen] >= cut).mean()),
                    low=change.low,
                    high=change.high,
                    people=len(chosen),
                    shown=change.shown,
                )
            )
    return found
