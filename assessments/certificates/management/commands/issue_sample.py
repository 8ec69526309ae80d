"""Write a certificate for the demonstration learner and everything that independent checkers need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.certificates.codes import shown
from assessments.certificates.issue_sample import NoSample, issue_sample
from assessments.certificates.signing.signer import NoSigningKey, SigningFailed


class Command(BaseCommand):
    help = "Embedded only: a certificate for hocvien through the real pipeline, to test the signing set-up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="folder for the files")

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        try:
            certificate = issue_sample(out)
        except (NoSample, NoSigningKey, SigningFailed, OSError) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(json.dumps({"code": shown(certificate.code), "number": certificate.number}))
