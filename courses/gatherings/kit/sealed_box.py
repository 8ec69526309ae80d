"""Pure: a box that opens with a PIN (scrypt, AES-256-GCM). A lost USB stick is worth days of guessing, not names."""

from __future__ import annotations

import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

PIN_DIGITS = 8
_SALT, _NONCE = 16, 12
# 64 MB and a fraction of a second per guess.
_COST, _BLOCK, _LANES = 2**16, 8, 1


class WrongPin(ValueError):
    """The PIN is wrong or the box was changed: the two cannot be told apart."""


def new_pin() -> str:
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


def closed(content: bytes, pin: str, label: bytes) -> bytes:
    """``label`` stands outside in the open; a box does not open under another label."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return salt + nonce + AESGCM(_key(pin, salt)).encrypt(nonce, content, label)


def opened(box: bytes, pin: str, label: bytes) -> bytes:
    if len(box) <= _SALT + _NONCE:
        raise WrongPin
    salt, nonce = box[:_SALT], box[_SALT : _SALT + _NONCE]
    try:
        return AESGCM(_key(pin, salt)).decrypt(nonce, box[_SALT + _NONCE :], label)
    except InvalidTag:
        raise WrongPin from None


def _key(pin: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES).derive(pin.strip().encode())
