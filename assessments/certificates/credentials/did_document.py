"""The issuer's public keys for machines: did:web document, JWK set, single JWK; pure.

https://www.w3.org/TR/did-1.0/, https://w3c-ccg.github.io/did-method-web/, https://www.w3.org/TR/cid-1.0/
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.certificates.credentials.base58 import multibase
from assessments.certificates.signing.jwk import from_base64url

_ED25519_PREFIX = b"\xed\x01"


@dataclass(frozen=True)
class PublishedKey:
    kid: str
    algorithm: str
    public_jwk: dict[str, Any]
    for_proofs: bool


def did_document(did: str, site_url: str, keys: Iterable[PublishedKey]) -> dict[str, Any]:
    own = [key for key in keys if key.kid.startswith(f"{did}#")]
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/jwk/v1",
            "https://w3id.org/security/multikey/v1",
        ],
        "id": did,
        "alsoKnownAs": [site_url],
        "verificationMethod": [_method(did, key) for key in own],
        "assertionMethod": [key.kid for key in own],
    }


def jwk_set(keys: Iterable[PublishedKey]) -> dict[str, Any]:
    return {"keys": [published_jwk(key) for key in keys]}


def published_jwk(key: PublishedKey) -> dict[str, Any]:
    return {**key.public_jwk, "kid": key.kid, "alg": key.algorithm, "use": "sig"}


def _method(did: str, key: PublishedKey) -> dict[str, Any]:
    """Proofs want a Multikey, JOSE and COSE a JWK."""
    if key.for_proofs:
        public = multibase(_ED25519_PREFIX + from_base64url(key.public_jwk["x"]))
        return {"id": key.kid, "type": "Multikey", "controller": did, "publicKeyMultibase": public}
    return {"id": key.kid, "type": "JsonWebKey", "controller": did, "publicKeyJwk": published_jwk(key)}
