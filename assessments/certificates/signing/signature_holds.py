"""Check a raw signature with a public JWK, pure."""

from __future__ import annotations

from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from assessments.certificates.signing.jwk import key_of
from assessments.certificates.signing.signer import EDDSA, ES256, RS256, der_from_raw


def signature_holds(jwk: dict[str, Any], algorithm: str, data: bytes, signature: bytes) -> bool:
    """False also when the key is not of the kind that the algorithm needs."""
    try:
        key = key_of(jwk)
        if algorithm == ES256 and isinstance(key, EllipticCurvePublicKey):
            key.verify(der_from_raw(signature), data, ECDSA(hashes.SHA256()))
        elif algorithm == EDDSA and isinstance(key, Ed25519PublicKey):
            key.verify(signature, data)
        elif algorithm == RS256 and isinstance(key, RSAPublicKey):
            key.verify(signature, data, PKCS1v15(), hashes.SHA256())
        else:
            return False
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return True
