"""What a worker does with one shard in one round, and how the run collects it from all shards.

The run itself works too: it takes every shard that nobody has taken, so one worker is enough and a lost one
costs only its shard's time. A round computed twice gives the same bytes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from assessments.psychometrics import calibrate
from assessments.sittings.calibration import read_answers
from assessments.sittings.calibration.models import Calibration, CalibrationShard
from assessments.sittings.calibration.read_answers import Answers
from assessments.sittings.calibration.shard_bytes import Arrays, pack, squeeze, unpack

# {"round", "kind": "read|expect|lose", ...}; plain JSON, because it travels through the queue
Order = dict[str, Any]
Announce = Callable[[int, Order], None]

_PATIENCE_SECONDS = 60.0
_ROWS_AT_ONCE = 50_000


def do_shard(shard_id: int, order: Order) -> None:
    """Nothing to do where another worker was quicker, or the run has gone on or ended."""
    taken = CalibrationShard.objects.filter(pk=shard_id, claimed_round__lt=order["round"])
    if taken.update(claimed_round=order["round"]):
        _work(CalibrationShard.objects.select_related("calibration__skill").get(pk=shard_id), order)


def share_out(run: Calibration, order: Order, announce: Announce | None) -> list[Arrays]:
    """The outcomes of all shards in their order; without ``announce`` this process does all the work."""
    shards = list(run.shards.values_list("pk", flat=True))
    if announce is not None:
        for shard_id in shards[1:]:
            announce(shard_id, order)
    for shard_id in shards:
        do_shard(shard_id, order)
    _wait_for_others(run, order)
    return [unpack(raw) for raw in run.shards.values_list("outcome", flat=True)]


def answers_of(shard: CalibrationShard) -> Answers:
    stored = unpack(shard.answers)
    return Answers(stored["matrix"], stored["audience"])


def _wait_for_others(run: Calibration, order: Order) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while late := list(run.shards.filter(done_round__lt=order["round"]).select_related("calibration__skill")):
        if time.monotonic() > deadline:
            for shard in late:
                _work(shard, order)
        else:
            time.sleep(0.05)


def _work(shard: CalibrationShard, order: Order) -> None:
    fields: dict[str, Any] = {"done_round": order["round"]}
    if order["kind"] == "read":
        answers = read_answers.read(
            shard.calibration.skill.code,
            shard.calibration.settings["items"],
            shard.first_sitting,
            shard.last_sitting,
        )
        fields["answers"] = squeeze({"matrix": answers.matrix, "audience": answers.audience})
        fields["outcome"] = pack(_counts(answers))
    else:
        fields["outcome"] = pack(_computed(answers_of(shard), order))
    # A worker that comes late must not overwrite a later round.
    CalibrationShard.objects.filter(pk=shard.pk, claimed_round=order["round"]).update(**fields)


def _counts(answers: Answers) -> Arrays:
    answered = answers.matrix != read_answers.GAP
    return {
        "answered": answered.sum(axis=0),
        "right": (answers.matrix == 1).sum(axis=0),
        "people": np.array(answered.any(axis=1).sum()),
    }


def _computed(answers: Answers, order: Order) -> Arrays:
    """Sums over blocks of rows, so that memory stays small."""
    total: Arrays = {}
    for start in range(0, max(len(answers.matrix), 1), _ROWS_AT_ONCE):
        block = Answers(answers.matrix[start : start + _ROWS_AT_ONCE][:, order["columns"]], answers.audience)
        for name, value in _of_block(block.floats, order).items():
            total[name] = value if name == "theta" or name not in total else total[name] + value
    return total


def _of_block(responses: npt.NDArray[np.float64], order: Order) -> Arrays:
    a, b, c, mean, sd = (order[name] for name in ("a", "b", "c", "mean", "sd"))
    if order["kind"] == "lose":
        return {"lost": calibrate.lost_information(responses, a, b, c, mean=mean, sd=sd)}
    return as_arrays(calibrate.e_step(responses, a, b, c, mean=mean, sd=sd))


def as_arrays(statistics: calibrate.Statistics) -> Arrays:
    return {name: np.asarray(value) for name, value in vars(statistics).items()}


def as_statistics(arrays: Arrays) -> calibrate.Statistics:
    return calibrate.Statistics(
        arrays["theta"],
        arrays["right"],
        arrays["answered"],
        arrays["mass"],
        float(arrays["log_likelihood"]),
        float(arrays["people"]),
    )
