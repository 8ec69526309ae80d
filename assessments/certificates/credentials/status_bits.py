"""Bitstring Status List: which indexes are withdrawn, as a compressed string and as a credential; pure.

https://www.w3.org/TR/vc-bitstring-status-list/
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
from collections.abc import Iterable
from typing import Any

from assessments.certificates.credentials.contexts import CREDENTIALS
from assessments.certificates.signing.jwk import base64url, from_base64url

SMALLEST = 131_072
_LARGEST_BYTES = 4 * 1024 * 1024


class BadStatusList(ValueError):
    """The list cannot be used: malformed, of another purpose, too short, or out of date."""


def encoded_list(withdrawn: Iterable[int], length: int) -> str:
    """Multibase base64url of the gzip; the first index is the leftmost bit. Same bits, same text."""
    bits = bytearray(length // 8)
    for index in withdrawn:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))


def status_credential(
    address: str, issuer: str, encoded: str, signed_at: dt.datetime, valid_until: dt.datetime
) -> dict[str, Any]:
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": _utc(signed_at),
        "validUntil": _utc(valid_until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    }


def is_withdrawn(content: dict[str, Any], index: int, now: dt.datetime) -> bool:
    """Read one bit of a list whose signature was checked before. Raises BadStatusList."""
    try:
        subject = content["credentialSubject"]
        begins, ends = (dt.datetime.fromisoformat(content[name]) for name in ("validFrom", "validUntil"))
        purpose, encoded = subject["statusPurpose"], subject["encodedList"]
        in_time = begins <= now <= ends
    except (KeyError, TypeError, ValueError):
        raise BadStatusList("malformed") from None
    if purpose != "revocation":
        raise BadStatusList("another purpose")
    if not in_time:
        raise BadStatusList("out of date")
    bits = _bits(encoded)
    if not 0 <= index < len(bits) * 8:
        raise BadStatusList("the index is outside of the list")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def _bits(encoded: str) -> bytes:
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise BadStatusList("malformed")
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(from_base64url(encoded[1:]))) as packed:
            bits = packed.read(_LARGEST_BYTES)
    except (ValueError, OSError, EOFError):
        raise BadStatusList("malformed") from None
    if len(bits) * 8 < SMALLEST:
        raise BadStatusList("shorter than the standard allows")
    return bits


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
