"""Recount all figures from raw rows; anything but exact agreement ends with a non-zero exit."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.proficiency.audit_figures import audit_figures

_REPORTED = (
    "aggregates",
    "reached",
    "differences",
    "estimates",
    "estimate_differences",
    # Units, residents or samples changed since the run: estimate again, then compare.
    "estimates_outdated",
)


class Command(BaseCommand):
    help = "Recounts roll-ups from what people reached and that from raw rows; estimates again with the same seed."

    def handle(self, *args: Any, **options: Any) -> None:
        audit = audit_figures()
        for line in audit.examples:
            self.stderr.write(line)
        self.stdout.write(json.dumps({name: getattr(audit, name) for name in _REPORTED}))
        if not audit.agrees:
            raise CommandError(
                f"{audit.differences + audit.estimate_differences} figures do not agree with a recount"
            )
