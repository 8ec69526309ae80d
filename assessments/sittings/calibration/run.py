"""Calibrate a skill in a run that comes into force as a whole, or leaves the former calibration in force."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessments.items.api import Item, ItemState, Skill
from assessments.psychometrics import calibrate
from assessments.psychometrics.errors import PsychometricsError
from assessments.sittings.calibration import read_answers
from assessments.sittings.calibration.bring_into_force import bring_into_force
from assessments.sittings.calibration.expert_parameters import add_expert_parameters
from assessments.sittings.calibration.fit_statistics import fit_of
from assessments.sittings.calibration.found import Before, Found
from assessments.sittings.calibration.group_differences import differences
from assessments.sittings.calibration.models import (
    Calibration,
    CalibrationModel,
    CalibrationShard,
    RunState,
)
from assessments.sittings.calibration.read_answers import Answers
from assessments.sittings.calibration.scale import Fitted, NotConverged, fit
from assessments.sittings.calibration.shard_work import (
    Announce,
    Order,
    answers_of,
    as_statistics,
    share_out,
)

# A run that works for so long was killed with its worker.
_STANDSTILL = timedelta(hours=1)
_ROWS_PER_SHARD = 50_000
_SAMPLE = 20_000
_log = logging.getLogger(__name__)


class RunBusy(Exception):
    """Another run of this skill is working."""


class TooLittle(Exception):
    """Not enough answers to calibrate from; the message says what is missing."""


def begin_run(skill_code: str, shards: int = 0) -> Calibration:
    """Writes down what the run works on; 0 shards: as many as the people need."""
    former = add_expert_parameters(skill_code)
    with transaction.atomic():
        skill = Skill.objects.select_for_update().get(code=skill_code)
        for run in Calibration.objects.filter(skill=skill, state=RunState.RUNNING):
            if run.started_at > timezone.now() - _STANDSTILL:
                raise RunBusy
            _fail(run, _("The worker stopped in the middle."))
        people = read_answers.measured(skill_code).count()
        items = Item.objects.filter(skill=skill, state__in=(ItemState.PILOT, ItemState.LIVE))
        run = Calibration.objects.create(
            skill=skill,
            number=(Calibration.objects.filter(skill=skill).aggregate(last=Max("number"))["last"] or 0) + 1,
            model=CalibrationModel.TWO_PL,
            settings={
                "former": former.pk,
                "items": list(items.order_by("pk").values_list("pk", flat=True)),
                "progress": {"stage": "waiting", "round": 0},
            },
        )
        ranges = read_answers.ranges(skill_code, shards or 1 + people // _ROWS_PER_SHARD)
        CalibrationShard.objects.bulk_create(
            CalibrationShard(calibration=run, number=number, first_sitting=first, last_sitting=last)
            for number, (first, last) in enumerate(ranges)
        )
    return run


def carry_out(run: Calibration, announce: Announce | None = None) -> Calibration:
    """A failure is written to the run and leaves the former one in force. Carried out twice, it works once."""
    if run.state != RunState.RUNNING:
        return run
    try:
        # The words of a failure are kept for editors, who read the language of the site.
        with translation.override(settings.LANGUAGE_CODE):
            _find_and_bring_into_force(run, announce)
    except Exception as problem:
        _log.exception("calibration failed")
        _fail(run, f"{type(problem).__name__}: {problem}")
    run.shards.all().delete()
    return run


def _find_and_bring_into_force(run: Calibration, announce: Announce | None) -> None:
    try:
        bring_into_force(run, _Run(run, announce).found())
    except TooLittle as problem:
        _fail(run, str(problem))
    except PsychometricsError as problem:
        _fail(run, _("The answers do not determine the parameters (%(detail)s).") % {"detail": problem})
    except NotConverged:
        _fail(run, _("The estimates did not settle."))


def _fail(run: Calibration, error: str) -> None:
    run.state, run.finished_at, run.error = RunState.FAILED, timezone.now(), error
    run.save(update_fields=["state", "finished_at", "error"])


class _Run:
    """The rounds of one run; each round asks all shards for one thing."""

    def __init__(self, run: Calibration, announce: Announce | None) -> None:
        self.run = run
        self.announce = announce
        # Whoever takes over from a killed worker counts on, so that nothing of before is taken for an answer.
        self.round = run.shards.aggregate(last=Max("claimed_round"))["last"] or 0
        self.columns: list[int] = []

    def found(self) -> Found:
        counted = self._ask({"kind": "read"}, "reading")
        answered, right = (
            sum((shard[name] for shard in counted), np.zeros(len(self.run.settings["items"]), dtype=np.int64))
            for name in ("answered", "right")
        )
        before = Before.read(self.run, answered, right)
        self.columns = before.columns
        if before.missing:
            raise TooLittle(before.missing)
        people = sum(int(shard["people"]) for shard in counted)
        fitted = fit(self._expect, self._lose, before.known)
        statistics = self._expect(_at(fitted, before))
        return Found(
            before=before,
            fitted=fitted,
            fit=fit_of(statistics, fitted.own.a, fitted.own.b, before.known.c),
            differences=self._differences(fitted, before),
            mass=statistics.mass / statistics.mass.sum(),
            theta=fitted.link.slope * statistics.theta + fitted.link.shift,
            people=people,
        )

    def _ask(self, order: Order, stage: str) -> list[dict[str, Any]]:
        self.round += 1
        self.run.settings["progress"] = {"stage": stage, "round": self.round}
        self.run.save(update_fields=["settings"])
        return share_out(self.run, {**order, "round": self.round}, self.announce)

    def _expect(self, at: calibrate.Parameters) -> calibrate.Statistics:
        parts = [as_statistics(one) for one in self._ask(self._order("expect", at), "estimating")]
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        return total

    def _lose(self, at: calibrate.Parameters) -> np.ndarray[Any, np.dtype[np.float64]]:
        parts = [one["lost"] for one in self._ask(self._order("lose", at), "errors")]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float64)

    def _order(self, kind: str, at: calibrate.Parameters) -> Order:
        return {
            "kind": kind,
            "columns": self.columns,
            "a": at.a.tolist(),
            "b": at.b.tolist(),
            "c": at.c.tolist(),
            "mean": at.mean,
            "sd": at.sd,
        }

    def _differences(self, fitted: Fitted, before: Before) -> list[dict[str, dict[str, Any]]]:
        """From evenly spaced people; more would not change what is said."""
        parts = [answers_of(shard) for shard in self.run.shards.iterator(chunk_size=1)]
        every = 1 + sum(len(part.matrix) for part in parts) // _SAMPLE
        sample = [Answers(part.matrix[::every][:, self.columns], part.audience[::every]) for part in parts]
        matrix = np.concatenate([part.floats for part in sample])
        audience = np.concatenate([part.audience for part in sample])
        return differences(matrix, audience, fitted.own.a, fitted.own.b, before.known.c)


def _at(fitted: Fitted, before: Before) -> calibrate.Parameters:
    own = fitted.own
    return calibrate.Parameters(own.a, own.b, before.known.c, own.mean, own.sd)
