"""What a PDF is worth that claims to be one of our certificates."""

from __future__ import annotations

import base64
import enum
import json
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.certificates.check_code import CodeCheck, CodeStatus, check_code
from assessments.certificates.verifying.open_pdf import open_pdf
from assessments.certificates.verifying.read_seal import MOST_PAGES, SealReading


class FileAnswer(enum.StrEnum):
    GENUINE = "genuine"  # our seal, over the whole file, of a certificate that we issued
    ALTERED = "altered"  # our seal, but the file is not as we sealed it
    FOREIGN = "not_ours"  # sealed by somebody else
    NO_SEAL = "no_seal"
    NO_CERTIFICATE = "no_certificate"  # our seal, but on another document
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class FileCheck:
    answer: FileAnswer
    # What we know about the certificate that the file names, whatever the file is worth.
    named: CodeCheck | None = None

    @property
    def genuine(self) -> bool:
        return self.answer == FileAnswer.GENUINE

    @property
    def valid(self) -> bool:
        return self.genuine and self.named is not None and self.named.valid


def check_pdf(data: bytes) -> FileCheck:
    """Raises Busy when too many files are being read."""
    reading = open_pdf(data)
    named = _named(reading)
    return FileCheck(_answer(reading, named), named)


def _answer(reading: SealReading, named: CodeCheck | None) -> FileAnswer:
    if not reading.readable or reading.pages > MOST_PAGES:
        return FileAnswer.UNREADABLE
    if not reading.seals:
        return FileAnswer.NO_SEAL
    if not reading.ours:
        return FileAnswer.FOREIGN
    if not (reading.intact and reading.whole):
        return FileAnswer.ALTERED
    return FileAnswer.GENUINE if named is not None else FileAnswer.NO_CERTIFICATE


def _named(reading: SealReading) -> CodeCheck | None:
    """The first code in the file under which we issued something."""
    for code in _codes(reading):
        check = check_code(code)
        if check.status not in {CodeStatus.UNKNOWN, CodeStatus.MISTYPED}:
            return check
    return None


def _codes(reading: SealReading) -> Iterator[str]:
    """That of the attached credential first. Nothing is believed here: our own record is what is shown."""
    yield from _code_of_credential(reading.credential)
    yield from reading.codes


def _code_of_credential(text: str) -> Iterator[str]:
    try:
        payload = text.split(".")[1]
        content = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        yield str(content["id"]).rsplit("/c/", 1)[1]
    except (IndexError, KeyError, TypeError, ValueError, RecursionError):
        return
