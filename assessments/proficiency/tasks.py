"""Work of this room for the worker."""

from __future__ import annotations

from celery import shared_task
from celery.schedules import crontab

from assessments.proficiency.audit_figures import audit_figures
from assessments.proficiency.groups.estimate_groups import RunBusy, begin_run, carry_out, something_new
from assessments.proficiency.groups.models import EstimateRun
from lms.celery import app

# People are asleep; the recount follows the estimates that it recounts.
app.conf.beat_schedule["proficiency-estimate-nightly"] = {
    "task": "proficiency.estimate_nightly",
    "schedule": crontab(hour=1, minute=30),
}
app.conf.beat_schedule["proficiency-audit-nightly"] = {
    "task": "proficiency.audit_nightly",
    "schedule": crontab(hour=3, minute=30),
}


@shared_task(name="proficiency.estimate_groups", ignore_result=True)
def estimate_groups_task(run_id: int) -> None:
    carry_out(EstimateRun.objects.get(pk=run_id))


@shared_task(name="proficiency.estimate_nightly", ignore_result=True)
def estimate_nightly() -> None:
    """Only when somebody was measured since the run in force; a run that works already is left alone."""
    if not something_new():
        return
    try:
        carry_out(begin_run())
    except RunBusy:
        return


@shared_task(name="proficiency.audit_nightly", ignore_result=True)
def audit_nightly() -> None:
    audit_figures()
