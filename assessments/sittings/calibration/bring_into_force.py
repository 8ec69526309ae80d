"""The last step of a run: all its parameters and the change of version in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from assessments.items.api import promote_pilots
from assessments.sittings.calibration.found import CALIBRATED_ANSWERS, Found
from assessments.sittings.calibration.models import Calibration, ItemParameter, ParameterStatus, RunState

_BATCH = 500
# Beyond these a new item is not promoted by itself: an editor looks first.
GOOD_FIT, LARGE_RMSD = (0.7, 1.3), 0.12


class Overtaken(Exception):
    """The run was given up meanwhile."""


@transaction.atomic
def bring_into_force(run: Calibration, found: Found) -> None:
    locked = Calibration.objects.select_for_update().get(pk=run.pk)
    if locked.state != RunState.RUNNING:
        raise Overtaken
    former = Calibration.objects.select_for_update().get(skill=run.skill_id, state=RunState.IN_FORCE)
    rows = {row.item_id: row for row in _fitted_rows(run, found, former)}
    rows = {**{row.item_id: row for row in _kept_rows(run, found, former)}, **rows}
    ItemParameter.objects.bulk_create(rows.values(), batch_size=_BATCH)
    former.state = RunState.SUPERSEDED
    former.save(update_fields=["state"])
    _finish(run, found)
    good = [row.item_id for row in rows.values() if _promotable(row)]
    promoted = promote_pilots(good, f"calibration {run.number}: {CALIBRATED_ANSWERS}+ answers, good fit")
    run.settings["promoted"] = promoted
    run.save()


def _finish(run: Calibration, found: Found) -> None:
    now = timezone.now()
    run.state, run.finished_at, run.in_force_from = RunState.IN_FORCE, now, now
    run.model = found.fitted.model
    run.people, run.responses = found.people, int(found.before.answered.sum())
    run.log_likelihood, run.converged = found.fitted.own.log_likelihood, found.fitted.own.converged
    run.settings |= {
        "questions": {str(item): question for item, question in found.before.questions.items()},
        "link": {"slope": found.fitted.link.slope, "shift": found.fitted.link.shift},
        "common": int(found.fitted.common.sum()),
        "ability": {
            "theta": [round(float(one), 4) for one in found.theta],
            "share": [round(float(one), 6) for one in found.mass],
        },
        "progress": {"stage": "done", "round": run.settings["progress"]["round"]},
    }


def _fitted_rows(run: Calibration, found: Found, former: Calibration) -> Iterator[ItemParameter]:
    """Only where the data determine the parameters; elsewhere the former ones stay."""
    fitted, before = found.fitted, found.before
    old = dict(former.parameters.values_list("item", "b"))
    for place, column in enumerate(before.columns):
        if not (np.isfinite(fitted.se_a[place]) and np.isfinite(fitted.se_b[place])):
            continue
        item, answers = run.settings["items"][column], int(before.answered[column])
        enough = answers >= CALIBRATED_ANSWERS
        yield ItemParameter(
            calibration=run,
            item_id=item,
            a=fitted.a[place],
            b=fitted.b[place],
            c=before.known.c[place],
            se_a=fitted.se_a[place],
            se_b=fitted.se_b[place],
            answers=answers,
            status=ParameterStatus.CALIBRATED if enough else ParameterStatus.PROVISIONAL,
            fit=_fit(found, place, answers, old.get(item)),
        )


def _fit(found: Found, place: int, answers: int, former_b: float | None) -> dict[str, Any]:
    fitted = found.fitted
    fit: dict[str, Any] = {
        "infit": round(float(found.fit.infit[place]), 4),
        "outfit": round(float(found.fit.outfit[place]), 4),
        "rmsd": round(float(found.fit.rmsd[place]), 4),
        "exposure": round(answers / found.people, 4),
        "dif": found.differences[place],
    }
    if former_b is not None:
        fit["moved"] = round(float(fitted.b[place]) - former_b, 4)
    if fitted.common[place] and np.isfinite(fitted.z[place]):
        fit |= {"drift_z": round(float(fitted.z[place]), 3), "drifted": bool(fitted.drifted[place])}
    return fit


def _kept_rows(run: Calibration, found: Found, former: Calibration) -> Iterator[ItemParameter]:
    """Items without enough answers, retired ones too: sittings of before may be scored again."""
    answers = dict(zip(run.settings["items"], found.before.answered.tolist(), strict=True))
    for row in former.parameters.all():
        row.pk, row._state.adding, row.calibration = None, True, run
        row.answers = answers.get(row.item_id, row.answers)
        row.fit = {"exposure": round(row.answers / found.people, 4)}
        yield row


def _promotable(row: ItemParameter) -> bool:
    low, high = GOOD_FIT
    return (
        row.status == ParameterStatus.CALIBRATED
        and "infit" in row.fit
        and low <= row.fit["infit"] <= high
        and low <= row.fit["outfit"] <= high
        and row.fit["rmsd"] < LARGE_RMSD
        and not any(one["class"] == "C" for one in row.fit["dif"].values())
    )
