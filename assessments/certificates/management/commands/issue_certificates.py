"""Issue what passed sittings have earned but did not get, and make every paper that is missing."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.certificates.issue_missing import issue_missing
from assessments.certificates.issuing.make_paper import make_paper, unfinished_ids


class Command(BaseCommand):
    help = "Issues certificates that are due and makes missing papers; doing it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-papers", action="store_true", help="leave the papers to the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        issued = issue_missing()
        papers = 0 if options["no_papers"] else sum(make_paper(pk) for pk in unfinished_ids())
        self.stdout.write(json.dumps({"issued": issued, "papers": papers}))
