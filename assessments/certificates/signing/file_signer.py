"""Private keys in files that only the service may read."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from assessments.certificates.signing.jwk import jwk_of
from assessments.certificates.signing.signer import EDDSA, ES256, RS256, NoSigningKey, raw_from_der

PrivateKey = EllipticCurvePrivateKey | Ed25519PrivateKey | RSAPrivateKey
_RSA_BITS = 3072


class FileSigner:
    def __init__(self, kid: str, algorithm: str, path: Path) -> None:
        self.kid = kid
        self.algorithm = algorithm
        self._key = read_private_key(path)

    def public_jwk(self) -> dict[str, Any]:
        return jwk_of(self._key.public_key())

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, Ed25519PrivateKey):
            return self._key.sign(data)
        if isinstance(self._key, EllipticCurvePrivateKey):
            return raw_from_der(self._key.sign(data, ECDSA(hashes.SHA256())))
        return self._key.sign(data, PKCS1v15(), hashes.SHA256())


def new_private_key(algorithm: str) -> PrivateKey:
    if algorithm == ES256:
        return generate_ec_key(SECP256R1())
    if algorithm == EDDSA:
        return Ed25519PrivateKey.generate()
    if algorithm == RS256:
        return generate_rsa_key(public_exponent=65537, key_size=_RSA_BITS)
    raise ValueError(f"unknown algorithm {algorithm}")


def write_private_key(path: Path, key: PrivateKey) -> None:
    """Never over an existing key; readable by its owner from the first byte."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


def read_private_key(path: Path) -> PrivateKey:
    """The message of a failure names the file, never what stands in it."""
    try:
        pem = path.read_bytes()
    except OSError as problem:
        raise NoSigningKey(f"cannot read the signing key {path}: {problem.strerror}") from None
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise NoSigningKey(f"{path} is not a private key in PEM") from None
    if not isinstance(key, EllipticCurvePrivateKey | Ed25519PrivateKey | RSAPrivateKey):
        raise NoSigningKey(f"{path} holds a key of another kind")
    return key


@functools.lru_cache(maxsize=16)
def file_signer(kid: str, algorithm: str, path: Path) -> FileSigner:
    """A batch reads the file once."""
    return FileSigner(kid, algorithm, path)
