"""Say what we know about a code, as one line of JSON; exit 0 only when it is genuine and in force."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from assessments.certificates.check_code import CodeCheck, check_code
from assessments.certificates.codes import shown
from assessments.certificates.mask_name import masked
from assessments.certificates.record_event import chain_is_whole


class Command(BaseCommand):
    help = "Verifies a certificate by its code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")

    def handle(self, *args: Any, **options: Any) -> None:
        check = check_code(options["code"])
        whole = check.certificate is not None and chain_is_whole(check.certificate)
        self.stdout.write(json.dumps(_answer(check, whole), ensure_ascii=False))
        if not (check.valid and whole):
            raise SystemExit(1)


def _answer(check: CodeCheck, whole: bool) -> dict[str, object]:
    answer: dict[str, object] = {"status": str(check.status), "genuine": check.genuine, "valid": check.valid}
    answer["as_of"] = timezone.localtime().isoformat(timespec="seconds")
    certificate = check.certificate
    if certificate is None:
        return answer
    return answer | {
        "code": shown(certificate.code),
        "number": certificate.number,
        "title": certificate.snapshot["title"],
        "level": certificate.level,
        "name": masked(certificate.name),
        "issuer": certificate.snapshot["issuer"],
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat() if certificate.valid_until else None,
        "superseded_by": shown(certificate.successor.code) if certificate.successor else None,
        "history_whole": whole,
    }
