"""Pure: a signed envelope. The signature is checked before anything is unpacked."""

from __future__ import annotations

import json
import uuid
import zlib
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FILE_MARK, QR_MARK = b"LDGB1", b"LDGQ1"
_KEY_BYTES, _SIGNATURE_BYTES = 16, 64
_HEAD = len(FILE_MARK) + _KEY_BYTES + _SIGNATURE_BYTES
MOST_SEALED = 4_000_000
MOST_UNPACKED = 40_000_000


class BadBundle(ValueError):
    """``code`` names what is wrong; nothing of the bundle may be used."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Envelope:
    mark: bytes
    key: uuid.UUID
    signature: bytes
    body: bytes


def seal(mark: bytes, key: uuid.UUID, private: Ed25519PrivateKey, body: bytes) -> bytes:
    """The mark is signed too: a QR cannot be passed off as a file."""
    return mark + key.bytes + private.sign(mark + key.bytes + body) + body


def opened(sealed: bytes) -> Envelope:
    """Parts of an envelope, nothing believed yet."""
    if len(sealed) > MOST_SEALED:
        raise BadBundle("too_large")
    mark = sealed[: len(FILE_MARK)]
    if mark not in (FILE_MARK, QR_MARK) or len(sealed) <= _HEAD:
        raise BadBundle("not_a_bundle")
    start = len(mark) + _KEY_BYTES
    return Envelope(mark, uuid.UUID(bytes=sealed[len(mark) : start]), sealed[start:_HEAD], sealed[_HEAD:])


def checked(envelope: Envelope, public: Ed25519PublicKey) -> bytes:
    try:
        public.verify(envelope.signature, envelope.mark + envelope.key.bytes + envelope.body)
    except InvalidSignature:
        raise BadBundle("altered") from None
    return envelope.body


def canonical(content: Any) -> bytes:
    """One spelling for one content: what is hashed and signed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def packed(content: Any) -> bytes:
    return zlib.compress(canonical(content), 9)


def unpacked(body: bytes, most: int = MOST_UNPACKED) -> Any:
    """Stops as soon as the content is larger than a session can be, however small the file is."""
    machine = zlib.decompressobj()
    try:
        content = machine.decompress(body, most)
    except zlib.error:
        raise BadBundle("not_a_bundle") from None
    if machine.unconsumed_tail:
        raise BadBundle("too_large")
    if not machine.eof or machine.unused_data:
        raise BadBundle("not_a_bundle")
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise BadBundle("not_a_bundle") from None
