"""Public keys as JSON Web Keys (RFC 7517, RFC 8037) and back, pure."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PublicKey = EllipticCurvePublicKey | Ed25519PublicKey | RSAPublicKey
_THUMBPRINT_MEMBERS = {"EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x"), "RSA": ("e", "kty", "n")}


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Raises ValueError for anything that is not base64url without padding."""
    if not text.isascii() or not all(char.isalnum() or char in "-_" for char in text):
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def jwk_of(key: PublicKey) -> dict[str, Any]:
    if isinstance(key, Ed25519PublicKey):
        raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}
    if isinstance(key, EllipticCurvePublicKey):
        point = key.public_numbers()
        x, y = (base64url(number.to_bytes(32, "big")) for number in (point.x, point.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    numbers = key.public_numbers()
    return {"kty": "RSA", "n": base64url(_bytes(numbers.n)), "e": base64url(_bytes(numbers.e))}


def key_of(jwk: dict[str, Any]) -> PublicKey:
    if jwk["kty"] == "OKP":
        return Ed25519PublicKey.from_public_bytes(from_base64url(jwk["x"]))
    if jwk["kty"] == "EC":
        return EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), SECP256R1()).public_key()
    return RSAPublicNumbers(_number(jwk["e"]), _number(jwk["n"])).public_key()


def thumbprint(jwk: dict[str, Any]) -> bytes:
    """RFC 7638."""
    members = {name: jwk[name] for name in _THUMBPRINT_MEMBERS[jwk["kty"]]}
    return hashlib.sha256(json.dumps(members, sort_keys=True, separators=(",", ":")).encode()).digest()


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _number(text: str) -> int:
    return int.from_bytes(from_base64url(text), "big")
