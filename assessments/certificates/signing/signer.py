"""What every signer can do, wherever its private key lies."""

from __future__ import annotations

from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

ES256, EDDSA, RS256 = "ES256", "EdDSA", "RS256"
_P256_SIZE = 32


class NoSigningKey(Exception):
    """There is no key to sign with; the message tells the operator what to do."""


class SigningFailed(Exception):
    """The token or the remote service did not sign; trying again later may help."""


class Signer(Protocol):
    @property
    def kid(self) -> str:
        """The full address of the public key: did:web:…#name."""

    @property
    def algorithm(self) -> str:
        """ES256 (credentials), EdDSA (proofs and tickets) or RS256 (the seal of a paper)."""

    def public_jwk(self) -> dict[str, Any]: ...

    def sign(self, data: bytes) -> bytes:
        """As JOSE wants it: 64 bytes r||s for ES256, 64 bytes for EdDSA, PKCS #1 v1.5 for RS256."""


def raw_from_der(signature: bytes) -> bytes:
    """JOSE keeps the two numbers of an ES256 signature side by side."""
    r, s = decode_dss_signature(signature)
    return r.to_bytes(_P256_SIZE, "big") + s.to_bytes(_P256_SIZE, "big")


def der_from_raw(signature: bytes) -> bytes:
    r, s = signature[:_P256_SIZE], signature[_P256_SIZE:]
    return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
