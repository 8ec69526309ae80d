"""Calibrate items from the answers; a failed run leaves the former calibration in force."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.items.api import Skill
from assessments.sittings.calibration.found import PROVISIONAL_ANSWERS
from assessments.sittings.calibration.models import Calibration, ItemParameter, RunState
from assessments.sittings.calibration.read_answers import measured
from assessments.sittings.calibration.run import RunBusy, begin_run, carry_out

_STATUSES = ("expert", "provisional", "calibrated")


class Command(BaseCommand):
    help = "Estimates item parameters of a skill, or of every skill with enough people, and brings them into force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--skill", default="", help="code of one skill, for example vid")
        parser.add_argument("--shards", type=int, default=0, help="0: one for 50,000 people")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for code in self._skills(options["skill"]):
            began = time.monotonic()
            try:
                run = carry_out(begin_run(code, max(options["shards"], 0)))
            except RunBusy as problem:
                raise CommandError(f"{code}: another run is working") from problem
            self.stdout.write(json.dumps(_report(run, time.monotonic() - began), ensure_ascii=False))
            if run.state != RunState.IN_FORCE:
                failed.append(f"{code}: {run.error}")
        if failed:
            raise CommandError("; ".join(failed))

    def _skills(self, wanted: str) -> list[str]:
        codes = list(Skill.objects.values_list("code", flat=True))
        if wanted and wanted not in codes:
            raise CommandError(f"there is no skill {wanted}; there are {', '.join(codes)}")
        if wanted:
            return [wanted]
        enough = []
        for code in codes:
            people = measured(code).count()
            if people >= PROVISIONAL_ANSWERS:
                enough.append(code)
            else:
                self.stdout.write(json.dumps({"skill": code, "state": "skipped", "people": people}))
        return enough


def _report(run: Calibration, seconds: float) -> dict[str, Any]:
    parameters = ItemParameter.objects.filter(calibration=run)
    return {
        "skill": run.skill.code,
        "number": run.number,
        "state": run.state,
        "model": run.model,
        "people": run.people,
        "responses": run.responses,
        "items": {status: parameters.filter(status=status).count() for status in _STATUSES},
        "promoted": run.settings.get("promoted", []),
        "error": run.error,
        "seconds": round(seconds, 1),
    }
