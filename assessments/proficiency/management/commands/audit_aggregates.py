"""Recount all figures from raw rows; anything but exact agreement ends with a non-zero exit."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.proficiency.audit import recount
from assessments.proficiency.groups.recount_estimates import recount_estimates
from assessments.proficiency.models import Aggregate, Reached

_SHOWN = 50


class Command(BaseCommand):
    help = "Recounts roll-ups from what people reached and that from raw rows; estimates again with the same seed."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = recount()
        for one in differences[:_SHOWN]:
            self.stderr.write(f"{one.where} {one.key}: {one.expected} counted, {one.found} stored")
        estimates = recount_estimates()
        for key in estimates.wrong[:_SHOWN]:
            self.stderr.write(f"estimate {key}: not what the same sittings and seed give")
        report = {
            "aggregates": Aggregate.objects.count(),
            "reached": Reached.objects.count(),
            "differences": len(differences),
            "estimates": estimates.compared,
            "estimate_differences": len(estimates.wrong),
            # Units, residents or samples changed since the run: estimate again, then compare.
            "estimates_outdated": estimates.outdated,
        }
        self.stdout.write(json.dumps(report))
        wrong = len(differences) + len(estimates.wrong)
        if wrong:
            raise CommandError(f"{wrong} figures do not agree with a recount")
