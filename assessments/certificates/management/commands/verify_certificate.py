"""Say what we know about a code or a file, as one line of JSON; exit 0 only when it is genuine and in force."""

from __future__ import annotations

import json
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.certificates.record_event import chain_is_whole
from assessments.certificates.verifying.open_pdf import MOST_BYTES
from assessments.certificates.verifying.verify import (
    Verification,
    described,
    verify_code,
    verify_credential,
    verify_document,
    verify_pdf,
)


class Command(BaseCommand):
    help = "Verifies a certificate by its code, or a file: the sealed PDF, the credential as JWT or as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", metavar="CODE|FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        verification = _verified(options["what"])
        answer = described(verification)
        whole = True
        if verification.certificate is not None:
            whole = chain_is_whole(verification.certificate)
            answer["history_whole"] = whole
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if not (verification.valid and whole):
            raise SystemExit(1)


def _verified(what: str) -> Verification:
    """A file is known by its content, whatever its name."""
    if not os.path.isfile(what):  # Path.is_file raises for names that no file can have
        return verify_code(what)
    with open(what, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    if data.startswith(b"%PDF-"):
        return verify_pdf(data)
    text = data.decode("utf-8", "replace").strip()
    return verify_document(text) if text.startswith("{") else verify_credential(text)
