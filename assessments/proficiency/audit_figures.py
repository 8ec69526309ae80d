"""Recount every published figure and keep what came out, so that administrators see it without a command line."""

from __future__ import annotations

import logging

from assessments.proficiency.audit import recount
from assessments.proficiency.groups.recount_estimates import recount_estimates
from assessments.proficiency.models import Aggregate, AuditRun, Reached

_SHOWN = 50
_log = logging.getLogger(__name__)


def audit_figures() -> AuditRun:
    """One row per audit; every disagreement is logged as an error too."""
    differences = recount()
    estimates = recount_estimates()
    wrong = [f"{one.where} {one.key}: {one.expected} counted, {one.found} stored" for one in differences]
    wrong += [f"estimate {key}: not what the same sittings and seed give" for key in estimates.wrong]
    for line in wrong[:_SHOWN]:
        _log.error("audit of figures: %s", line)
    return AuditRun.objects.create(
        aggregates=Aggregate.objects.count(),
        reached=Reached.objects.count(),
        differences=len(differences),
        estimates=estimates.compared,
        estimate_differences=len(estimates.wrong),
        estimates_outdated=estimates.outdated,
        examples=wrong[:_SHOWN],
    )
