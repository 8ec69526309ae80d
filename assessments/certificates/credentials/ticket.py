"""The ticket in the QR of a paper: COSE_Sign1 (RFC 9052) with Ed25519, short enough to be scanned from 28 mm; pure.

Payload, a CBOR array: [1, code (10 bytes), name, skill code, level, issued on, valid until or null, list, index];
days are counted from 1970-01-01. The key is named by the first four bytes of its JWK thumbprint.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from assessments.certificates.codes import ALPHABET, LENGTH
from assessments.certificates.signing.jwk import base64url, from_base64url
from assessments.certificates.signing.signer import Signer

KEY_ID_BYTES = 4
_VERSION, _MEMBERS = 1, 9
_ALGORITHM, _KEY_ID, _EDDSA = 1, 4, -8
_SIGN1_TAG = 18
_EPOCH = dt.date(1970, 1, 1)
_LONGEST = 1_500


class BadTicket(ValueError):
    """Not a ticket of ours, or one that was changed."""


@dataclass(frozen=True)
class Ticket:
    code: str
    name: str
    skill: str
    level: str
    issued_on: dt.date
    valid_until: dt.date | None
    status_list: int
    status_index: int


def signed_ticket(ticket: Ticket, signer: Signer, key_id: bytes) -> str:
    protected = cbor2.dumps({_ALGORITHM: _EDDSA, _KEY_ID: key_id}, canonical=True)
    payload = cbor2.dumps(_members(ticket), canonical=True)
    signature = signer.sign(_to_sign(protected, payload))
    return _text(protected, payload, signature)


def key_id_of(text: str) -> bytes:
    """Which key to look for. Raises BadTicket."""
    return _opened(text)[0]


def open_ticket(text: str, key: Ed25519PublicKey) -> Ticket:
    """Raises BadTicket when anything is not as we make it."""
    _, protected, payload, signature = _opened(text)
    try:
        key.verify(signature, _to_sign(protected, payload))
        return _ticket(_read(payload))
    except (InvalidSignature, OverflowError, TypeError, ValueError):
        raise BadTicket("the signature or the content is wrong") from None


def _opened(text: str) -> tuple[bytes, bytes, bytes, bytes]:
    if len(text) > _LONGEST:
        raise BadTicket("too long")
    try:
        outer = _read(from_base64url(text))
        if not isinstance(outer, cbor2.CBORTag) or outer.tag != _SIGN1_TAG:
            raise BadTicket("not COSE_Sign1")
        protected, _, payload, signature = outer.value
        if not all(isinstance(part, bytes) for part in (protected, payload, signature)):
            raise BadTicket("not as we make it")
        # One ticket has one text: nothing outside of the signature can be chosen.
        if _text(protected, payload, signature) != text:
            raise BadTicket("not as we write it")
        header = _read(protected)
        # Exactly these two: no algorithm of the sender's choice, no critical extensions.
        if set(header) != {_ALGORITHM, _KEY_ID} or header[_ALGORITHM] != _EDDSA:
            raise BadTicket("another algorithm")
        return bytes(header[_KEY_ID]), protected, payload, signature
    except (cbor2.CBORDecodeError, TypeError, ValueError) as problem:
        raise BadTicket(str(problem)) from None


def _text(protected: bytes, payload: bytes, signature: bytes) -> str:
    return base64url(cbor2.dumps(cbor2.CBORTag(_SIGN1_TAG, [protected, {}, payload, signature])))


def _read(data: bytes) -> Any:
    """One item of CBOR and nothing after it."""
    stream = io.BytesIO(data)
    item = cbor2.load(stream)
    if stream.read(1):
        raise BadTicket("something follows")
    return item


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    """RFC 9052, section 4.4."""
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _members(ticket: Ticket) -> list[Any]:
    return [
        _VERSION,
        _packed(ticket.code),
        ticket.name,
        ticket.skill,
        ticket.level,
        (ticket.issued_on - _EPOCH).days,
        (ticket.valid_until - _EPOCH).days if ticket.valid_until else None,
        ticket.status_list,
        ticket.status_index,
    ]


def _ticket(members: Any) -> Ticket:
    if not isinstance(members, list) or len(members) != _MEMBERS or members[0] != _VERSION:
        raise BadTicket("another version")
    _, code, name, skill, level, issued, until, status_list, status_index = members
    return Ticket(
        code=_unpacked(code),
        name=str(name),
        skill=str(skill),
        level=str(level),
        issued_on=_EPOCH + dt.timedelta(days=issued),
        valid_until=None if until is None else _EPOCH + dt.timedelta(days=until),
        status_list=int(status_list),
        status_index=int(status_index),
    )


def _packed(code: str) -> bytes:
    """Sixteen symbols of five bits are ten bytes."""
    number = 0
    for symbol in code:
        number = number << 5 | ALPHABET.index(symbol)
    return number.to_bytes(LENGTH * 5 // 8, "big")


def _unpacked(packed: bytes) -> str:
    number = int.from_bytes(packed, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH - 1, -1, -1))
