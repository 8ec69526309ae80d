"""Read the seal of a PDF that a stranger gave us. Pure, and run as a process of its own with little memory and time.

``python -m assessments.certificates.verifying.read_seal SHA256…`` reads the file from standard input and writes one
line of JSON. The words are SHA-256 fingerprints: of our authority, then of the certificates whose seals are ours.
"""

from __future__ import annotations

import io
import json
import logging
import re
import resource
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from assessments.certificates.verifying.own_container import is_as_we_write_it

MOST_PAGES = 5
_MOST_CREDENTIAL = 64 * 1024
_MOST_ENTRIES = 20
_SECONDS = 10
_MEMORY = 512 * 1024 * 1024
_CREDENTIAL = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\s*")
_ADDRESS = re.compile(r"/c/([0-9A-Za-z-]{16,24})(?:[#?/]|$)")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]*")
_RAW_ADDRESS = re.compile(rb"/c/([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")


@dataclass
class SealReading:
    """What the file itself says; whether it is in force is not asked here."""

    readable: bool = False
    pages: int = 0
    seals: int = 0
    ours: bool = False
    # The sealed bytes are as they were sealed.
    intact: bool = False
    # Nothing stands before, between or after what was sealed, nor in the seal's own container.
    whole: bool = False
    # The signed credential that lies in the file.
    credential: str = ""
    # Codes of certificates that the file leads to.
    codes: tuple[str, ...] = ()


def read_seal(data: bytes, authority: str, ours: Collection[str]) -> SealReading:
    """Never raises for a bad file; what could not be read stays as it was."""
    reading = SealReading()
    reader = _reader(data)
    if reader is not None and not _tried(lambda: reader.encrypted, True):
        # One step that fails must not hide what the others see: a spoiled page tree leaves the seal readable.
        _tried(lambda: _seal(reader, data, reading, authority, ours))
        reading.pages = _tried(lambda: int(reader.root["/Pages"]["/Count"]), 0)
        reading.readable = bool(reading.pages or reading.seals)
        reading.credential = _tried(lambda: _attached_credential(reader), "")
        reading.codes = _tried(lambda: tuple(_linked_codes(reader)), ())
    reading.codes = tuple(dict.fromkeys([*reading.codes, *_raw_codes(data)]))[:_MOST_ENTRIES]
    return reading


def _reader(data: bytes) -> Any:
    """Junk behind the end hides a file from the library, not from us; the seal then does not cover all of ``data``."""
    reader = _tried(lambda: PdfFileReader(io.BytesIO(data), strict=False))
    ends = [found.end() for found in _END.finditer(data)]
    if reader is None and ends and ends[-1] < len(data):
        return _tried(lambda: PdfFileReader(io.BytesIO(data[: ends[-1]]), strict=False))
    return reader


def _tried(step: Callable[[], Any], otherwise: Any = None) -> Any:
    """A hostile file may fail anywhere inside the library."""
    try:
        return step()
    except MemoryError:
        raise
    except Exception as problem:
        logging.getLogger(__name__).info("cannot be read: %s", type(problem).__name__)
        return otherwise


def _seal(reader: Any, data: bytes, reading: SealReading, authority: str, ours: Collection[str]) -> None:
    """One seal over the whole file is what we make; anything else was added by somebody."""
    seals = reader.embedded_signatures
    reading.seals = len(seals)
    if not seals:
        return
    first = seals[0]
    reading.ours = first.signer_cert.sha256.hex() in ours
    status = validate_pdf_signature(first, skip_diff=True)
    stamp = status.timestamp_validity
    reading.intact = bool(
        status.intact and status.valid and (stamp is None or (stamp.intact and stamp.valid))
    )
    covered = len(seals) == 1 and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    reading.whole = covered and _ends_with(first, data) and is_as_we_write_it(data, first, authority)


def _ends_with(seal: Any, data: bytes) -> bool:
    _, _, start, length = seal.byte_range
    return bool(start + length == len(data))


def _attached_credential(reader: Any) -> str:
    for spec in _file_specs(reader.root):
        data = spec["/EF"]["/F"].data
        if len(data) <= _MOST_CREDENTIAL and _CREDENTIAL.fullmatch(data):
            return str(data.decode("ascii")).strip()
    return ""


def _file_specs(root: Any) -> Iterator[Any]:
    """Files that belong to the document, and those in its flat list of attachments."""
    yield from _items(root.get("/AF", ()))
    if "/Names" in root and "/EmbeddedFiles" in root["/Names"]:
        yield from _items(root["/Names"]["/EmbeddedFiles"].get("/Names", ()))[1::2]


def _linked_codes(reader: Any) -> Iterator[str]:
    for page in _items(reader.root["/Pages"]["/Kids"]):
        for note in _items(page.get("/Annots", ())):
            found = _ADDRESS.search(str(note.get("/A", {}).get("/URI", "")))
            if found:
                yield found.group(1)


def _items(found: Any) -> list[Any]:
    return [item.get_object() for item in list(found)[:_MOST_ENTRIES]]


def _raw_codes(data: bytes) -> Iterator[str]:
    """Where the structure is broken, the address may still stand in the file as plain text."""
    for found in _RAW_ADDRESS.finditer(data):
        yield found.group(1).decode("ascii")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    logging.disable(logging.CRITICAL)
    reading = read_seal(sys.stdin.buffer.read(), sys.argv[1], frozenset(sys.argv[2:]))
    json.dump(asdict(reading), sys.stdout)


if __name__ == "__main__":
    main()
