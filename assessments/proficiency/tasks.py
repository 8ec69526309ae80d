"""Work of this room for the worker."""

from __future__ import annotations

from celery import shared_task

from assessments.proficiency.groups.estimate_groups import carry_out
from assessments.proficiency.groups.models import EstimateRun


@shared_task(name="proficiency.estimate_groups", ignore_result=True)
def estimate_groups_task(run_id: int) -> None:
    carry_out(EstimateRun.objects.get(pk=run_id))
