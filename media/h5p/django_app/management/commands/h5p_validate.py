"""``OK FILE``, or a line ``ERROR code FILE member message`` per fault; exit 0 only if all files are OK."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media.h5p.django_app.messages import sentence
from media.h5p.errors import Issue
from media.h5p.validate import Verdict, h5p_validate


class Command(BaseCommand):
    help = "Checks H5P packages and names every fault."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        all_ok = True
        for verdict in h5p_validate(options["files"]):
            all_ok = all_ok and verdict.ok
            self._say(verdict)
        if not all_ok:
            sys.exit(1)

    def _say(self, verdict: Verdict) -> None:
        file = _printable(verdict.file)
        if verdict.ok:
            self.stdout.write(f"OK {file}")
        for issue in verdict.errors:
            self.stdout.write(_line(issue, file))


def _line(issue: Issue, file: str) -> str:
    """A dash stands for the package as a whole."""
    return f"ERROR {issue.code} {file} {issue.path or '-'} {sentence(issue.code)} ({issue.message})"


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)
