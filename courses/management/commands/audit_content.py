"""Check the whole bank and all lessons against the content guide; anything but warnings ends with a non-zero exit.

What is stored is what people get, so that is audited. Before ``load_starter``, and with ``--files``, the files of the
repository are audited instead.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.items.api import Audit, UnreadableError, audit_files, audit_stored, bank_is_loaded
from courses.stored_lessons import stored_lessons


class Command(BaseCommand):
    help = "Checks every item, task and lesson against the content guide, section 14."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="print counts, what is missing and the faults as JSON"
        )
        parser.add_argument(
            "--files", action="store_true", help="audit the starter files, not what is stored"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stored = not options["files"] and bank_is_loaded()
        if not stored and not options["files"]:
            self.stderr.write(
                "Nothing is loaded yet (manage.py load_starter): the starter files are audited."
            )
        try:
            audit = audit_stored(stored_lessons()) if stored else audit_files()
        except UnreadableError as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self._print_json(audit, "stored" if stored else "files")
        else:
            self._print_lines(audit)
        if audit.failed:
            raise CommandError(f"{sum(not fault.warning for fault in audit.faults)} faults in the content")

    def _print_json(self, audit: Audit, source: str) -> None:
        report = {"source": source, **audit.counts, "faults": [asdict(fault) for fault in audit.faults]}
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))

    def _print_lines(self, audit: Audit) -> None:
        for fault in audit.faults:
            self.stdout.write(str(fault))
        warnings = sum(fault.warning for fault in audit.faults)
        counts = audit.counts
        self.stdout.write(
            f"{counts['items']} items, {counts['practice_only']} practice items, {counts['lessons']} lessons: "
            f"{len(audit.faults) - warnings} faults, {warnings} warnings"
        )
