"""Keys on a hardware token or in a security module, by PKCS #11 (the optional package python-pkcs11)."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from django.conf import settings

from assessments.certificates.signing.jwk import PublicKey, jwk_of
from assessments.certificates.signing.signer import EDDSA, ES256, NoSigningKey, SigningFailed

# Only who keeps keys on a token installs it.
pkcs11: Any = import_module("pkcs11") if find_spec("pkcs11") else None

_ED25519_BYTES, _P256_POINT_BYTES = 32, 65


class Pkcs11Signer:
    def __init__(self, kid: str, algorithm: str, label: str) -> None:
        self.kid = kid
        self.algorithm = algorithm
        self._label = label

    def public_jwk(self) -> dict[str, Any]:
        with _session() as session, _told(self._label):
            key = session.get_key(object_class=pkcs11.ObjectClass.PUBLIC_KEY, label=self._label)
            return jwk_of(_public_key(key))

    def sign(self, data: bytes) -> bytes:
        with _session() as session, _told(self._label):
            key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self._label)
            if self.algorithm == ES256:
                signature = key.sign(hashlib.sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA)
            elif self.algorithm == EDDSA:
                signature = key.sign(data, mechanism=pkcs11.Mechanism.EDDSA)
            else:
                signature = key.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)
            return bytes(signature)


def _public_key(key: Any) -> PublicKey:
    """Points come wrapped as an OCTET STRING of DER or bare; what counts is at the end."""
    if key.key_type == pkcs11.KeyType.EC_EDWARDS:
        return Ed25519PublicKey.from_public_bytes(key[pkcs11.Attribute.EC_POINT][-_ED25519_BYTES:])
    if key.key_type == pkcs11.KeyType.EC:
        point = key[pkcs11.Attribute.EC_POINT][-_P256_POINT_BYTES:]
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    modulus, exponent = (key[name] for name in (pkcs11.Attribute.MODULUS, pkcs11.Attribute.PUBLIC_EXPONENT))
    return RSAPublicNumbers(int.from_bytes(exponent, "big"), int.from_bytes(modulus, "big")).public_key()


@contextlib.contextmanager
def _session() -> Iterator[Any]:
    if pkcs11 is None:
        raise NoSigningKey("keys on a token need the package python-pkcs11 (docs/operators.md)")
    try:
        token = pkcs11.lib(settings.SIGNING_PKCS11_MODULE).get_token(
            token_label=settings.SIGNING_PKCS11_TOKEN
        )
        pin = Path(settings.SIGNING_PKCS11_PIN_FILE).read_text().strip()
        session = token.open(user_pin=pin)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as problem:
        raise SigningFailed(f"the token cannot be opened: {type(problem).__name__}") from None
    try:
        yield session
    finally:
        session.close()


@contextlib.contextmanager
def _told(label: str) -> Iterator[None]:
    try:
        yield
    except pkcs11.PKCS11Error as problem:
        raise SigningFailed(f"the token did not use the key {label}: {type(problem).__name__}") from None
