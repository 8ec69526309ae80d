"""Work of this room for the worker."""

from __future__ import annotations

from celery import shared_task

from assessments.sittings.calibration.models import Calibration
from assessments.sittings.calibration.run import carry_out
from assessments.sittings.calibration.shard_work import Order, do_shard


@shared_task(name="sittings.calibrate", ignore_result=True)
def calibrate_task(run_id: int) -> None:
    """Other workers help with its shards; alone it does all of them itself."""
    carry_out(Calibration.objects.select_related("skill").get(pk=run_id), announce=calibrate_shard_task.delay)


@shared_task(name="sittings.calibrate_shard", ignore_result=True)
def calibrate_shard_task(shard_id: int, order: Order) -> None:
    do_shard(shard_id, order)
