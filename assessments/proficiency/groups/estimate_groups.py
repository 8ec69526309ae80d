"""Estimate all group figures in a run that comes into force as a whole, or not at all."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.items.api import Skill
from assessments.proficiency.estimate_models import SittingEstimate
from assessments.proficiency.groups.cuts import cuts_by_skill
from assessments.proficiency.groups.models import EstimateRun, GroupChange, GroupEstimate
from assessments.proficiency.groups.residents import Length
from assessments.proficiency.groups.skill_figures import Order, SkillFigures, figures_of_skill
from assessments.proficiency.groups.surroundings import people_by_group, surroundings
from assessments.sittings.api import calibrations_in_force

_State = EstimateRun.State
# A run that says nothing for so long was killed with its worker.
_STANDSTILL = timedelta(hours=1)
_BATCH = 500
_log = logging.getLogger(__name__)


class RunBusy(Exception):
    """Another run is working."""


def begin_run(seed: int | None = None) -> EstimateRun:
    """Everything that a later recount needs is written down before anything is computed."""
    skills = list(Skill.objects.values_list("code", flat=True))
    with transaction.atomic():
        runs = EstimateRun.objects.select_for_update()
        for run in runs.filter(state=_State.RUNNING):
            if run.started_at > timezone.now() - _STANDSTILL:
                raise RunBusy
            _fail(run, "stood still")
        return EstimateRun.objects.create(
            number=(EstimateRun.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            seed=secrets.randbits(31) if seed is None else seed,
            calibrations=calibrations_in_force(skills),
            settings={
                "cuts": cuts_by_skill(),
                "length": asdict(Length()),
                "evidence_to": SittingEstimate.objects.aggregate(last=Max("pk"))["last"] or 0,
            },
        )


def something_new() -> bool:
    """Whether a sitting was estimated since the run in force wrote down what it uses."""
    last = SittingEstimate.objects.aggregate(last=Max("pk"))["last"] or 0
    run = EstimateRun.objects.filter(state=_State.IN_FORCE).first()
    return last > (run.settings["evidence_to"] if run else 0)


def carry_out(run: EstimateRun) -> EstimateRun:
    """A failure is written to the run and leaves the former one in force. Carried out twice, it works once."""
    if run.state != _State.RUNNING:
        return run
    try:
        found = dict(compute(run, tell=True))
        _bring_into_force(run, found)
    except Exception as problem:
        _log.exception("estimates failed")
        _fail(run, f"{type(problem).__name__}: {problem}")
    return run


def compute(run: EstimateRun, tell: bool = False) -> Iterator[tuple[str, SkillFigures]]:
    """Skill by skill; nothing is saved, so that a recount can compare."""
    around = surroundings()
    everybody = people_by_group(around.nodes)
    orders = list(orders_of(run))
    for place, order in enumerate(orders, start=1):
        if tell:
            EstimateRun.objects.filter(pk=run.pk).update(
                progress=f"{place}/{len(orders)} {order.skill.short_name}"
            )
        yield order.skill.code, figures_of_skill(order, around, everybody)


def orders_of(run: EstimateRun) -> Iterator[Order]:
    """What a run asks for, from what it wrote down."""
    for skill in Skill.objects.filter(code__in=run.calibrations):
        yield Order(
            skill=skill,
            calibration_id=run.calibrations[skill.code],
            evidence_to=run.settings["evidence_to"],
            cuts=run.settings["cuts"][skill.code],
            seed=run.seed,
            length=Length(**run.settings["length"]),
        )


@transaction.atomic
def _bring_into_force(run: EstimateRun, found: dict[str, SkillFigures]) -> None:
    now = timezone.now()
    for figures in found.values():
        for estimate in figures.estimates:
            estimate.run = run
        for change in figures.changes:
            change.run = run
        GroupEstimate.objects.bulk_create(figures.estimates, batch_size=_BATCH)
        GroupChange.objects.bulk_create(figures.changes, batch_size=_BATCH)
    run.settings["digests"] = {code: figures.digest for code, figures in found.items()}
    run.settings["notes"] = {code: figures.notes for code, figures in found.items() if figures.notes}
    EstimateRun.objects.filter(state=_State.IN_FORCE).update(state=_State.SUPERSEDED)
    run.state, run.finished_at, run.progress = _State.IN_FORCE, now, ""
    run.save()


def _fail(run: EstimateRun, error: str) -> None:
    run.state, run.finished_at, run.error = _State.FAILED, timezone.now(), error
    run.save(update_fields=["state", "finished_at", "error"])
