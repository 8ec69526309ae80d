"""Invent a population that learns and sits; print the truth that was used, as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.proficiency.simulate import simulate
from assessments.proficiency.simulated_people import CannotInvent

_MOST = 200_000


class Command(BaseCommand):
    help = "Adds invented people with sittings to an embedded installation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--bias", type=float, default=0.0, help="how much more often abler people volunteer"
        )
        parser.add_argument("--reference", type=int, default=0, help="people drawn at random for each skill")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("invented people would spoil the figures of a production site")
        if not 0 < options["people"] <= _MOST:
            raise CommandError(f"--people must be between 1 and {_MOST}")
        if not 0 <= options["reference"] <= options["people"]:
            raise CommandError("--reference must be between 0 and the number of people")
        try:
            truth = simulate(options["people"], options["seed"], options["bias"], options["reference"])
        except CannotInvent as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(json.dumps(truth, ensure_ascii=False))
