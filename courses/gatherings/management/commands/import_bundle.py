"""Take home the results of a hall: a bundle file, or a text file with what a QR said. Safe to repeat."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.gatherings.bundles.sealed import MOST_SEALED, BadBundle
from courses.gatherings.bundles.take_home import take_home


class Command(BaseCommand):
    help = "Imports signed results of a hall; prints one line of JSON; refuses what is not whole, signed and in scope."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                report = take_home(opened.read(MOST_SEALED + 1))
        except OSError as fault:
            raise CommandError(f"{file}: {fault.strerror}") from None
        except BadBundle as bad:
            raise CommandError(f"{file}: refused ({bad.code}); nothing was changed") from None
        said = {
            "gathering": str(report.gathering.uuid),
            "repeated": report.repeated,
            "added": report.added,
            "conflicts": report.conflicts,
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False))
