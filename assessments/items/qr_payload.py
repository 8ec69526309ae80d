"""EMVCo merchant QR payloads (VietQR): tag-length-value fields and their CRC-16. Pure.

A field is two digits of tag, two digits of length, then that many characters. Field 63 is last and holds the
CRC-16/CCITT-FALSE of everything before its value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

CRC_TAG = "63"
_ACCOUNT_TAG = "38"
_BANK_TAG = "01"
_TRAINING_BIN = "999999"
_LONGEST = 99


class PayloadError(ValueError):
    """The text is not a sequence of fields."""


@dataclass(frozen=True)
class Field:
    tag: str
    value: str


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF) as four capital hexadecimal digits."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return f"{crc:04X}"


def decode(payload: str) -> list[Field]:
    """The fields in their order; raises ``PayloadError`` for anything that does not add up."""
    fields, place = [], 0
    while place < len(payload):
        head = payload[place : place + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):
            raise PayloadError(f"no tag and length at {place}")
        length = int(head[2:])
        value = payload[place + 4 : place + 4 + length]
        if len(value) < length:
            raise PayloadError(f"field {head[:2]} is cut off")
        fields.append(Field(head[:2], value))
        place += 4 + length
    return fields


def encode(fields: Iterable[Field]) -> str:
    parts = []
    for field in fields:
        if len(field.tag) != 2 or not (field.tag.isascii() and field.tag.isdigit()):
            raise PayloadError(f"tag {field.tag!r} is not two digits")
        if len(field.value) > _LONGEST:
            raise PayloadError(f"field {field.tag} is too long")
        parts.append(f"{field.tag}{len(field.value):02d}{field.value}")
    return "".join(parts)


def with_crc(fields: Iterable[Field]) -> str:
    """A whole payload, closed by its CRC."""
    body = encode(fields) + f"{CRC_TAG}04"
    return body + crc16(body)


def crc_matches(payload: str) -> bool:
    return payload[-8:-4] == f"{CRC_TAG}04" and crc16(payload[:-4]) == payload[-4:]


def right_crc(payload: str) -> str:
    """What the last four characters should be."""
    return crc16(payload[:-4])


def bank_number(payload: str) -> str | None:
    """The BIN of the bank that receives (field 38, part 01, part 00), or None."""
    account = _value(decode(payload), _ACCOUNT_TAG)
    parts = _value(decode(account), _BANK_TAG) if account else None
    return _value(decode(parts), "00") if parts else None


def is_training(payload: str) -> bool:
    """Nobody can pay with it: no bank has this BIN, and the CRC is wrong on purpose."""
    return bank_number(payload) == _TRAINING_BIN and not crc_matches(payload)


def _value(fields: Iterable[Field], tag: str) -> str | None:
    return next((field.value for field in fields if field.tag == tag), None)
