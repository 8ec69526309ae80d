"""manage.py backup PATH"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms import archive
from lms.management.site_places import site_places


class Command(BaseCommand):
    help = "Write database, uploads and sealed keys into one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            manifest = archive.backup(path, site_places(), os.environ.get("BACKUP_PASSPHRASE", ""))
        except (archive.ArchiveError, OSError) as problem:
            raise CommandError(str(problem)) from None
        kept = "with its keys, sealed" if manifest["keys"] else "without keys (BACKUP_PASSPHRASE is not set)"
        self.stdout.write(f"Saved to {path}, {kept}")
