"""Estimate the figures of all groups; a failed run leaves the former one in force."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.proficiency.groups.estimate_groups import RunBusy, begin_run, carry_out
from assessments.proficiency.models import EstimateRun


class Command(BaseCommand):
    help = "Estimates shares of units and audiences with their intervals, and brings them into force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            run = carry_out(begin_run(options["seed"]))
        except RunBusy as problem:
            raise CommandError("another run is working") from problem
        if run.state != EstimateRun.State.IN_FORCE:
            raise CommandError(f"run {run.number} failed: {run.error}")
        report = {
            "run": run.number,
            "seed": run.seed,
            "estimates": run.estimates.count(),
            "changes": run.changes.count(),
            "notes": run.settings["notes"],
            "seconds": round(time.monotonic() - began, 1),
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False))
