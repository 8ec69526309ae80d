"""Recount all figures from raw rows; anything but exact agreement ends with a non-zero exit."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.proficiency.audit import recount
from assessments.proficiency.models import Aggregate, Reached

_SHOWN = 50


class Command(BaseCommand):
    help = "Recounts the roll-ups from what people reached, and that from sittings and courses."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = recount()
        for one in differences[:_SHOWN]:
            self.stderr.write(f"{one.where} {one.key}: {one.expected} counted, {one.found} stored")
        report = {
            "aggregates": Aggregate.objects.count(),
            "reached": Reached.objects.count(),
            "differences": len(differences),
        }
        self.stdout.write(json.dumps(report))
        if differences:
            raise CommandError(f"{len(differences)} figures do not agree with a recount")
