"""Which key signs, which keys verify, and the life of a key."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from assessments.certificates.signing.file_signer import file_signer
from assessments.certificates.signing.make_key import ALGORITHMS, enter_key, issuer_did, key_path, make_key
from assessments.certificates.signing.models import KeyPlace, KeyUse, SigningKey
from assessments.certificates.signing.pkcs11_signer import Pkcs11Signer
from assessments.certificates.signing.remote_signer import RemoteSigner
from assessments.certificates.signing.signature_holds import signature_holds
from assessments.certificates.signing.signer import NoSigningKey, Signer, SigningFailed

__all__ = [
    "KeyUse",
    "SigningKey",
    "active_key",
    "adopt_key",
    "compromise_key",
    "published_keys",
    "rotate_key",
    "signer_for",
    "verification_keys",
]


def signer_for(use: KeyUse) -> Signer:
    """The signer in force. Raises NoSigningKey with a line for the operator."""
    return signer_of(active_key(use))


def signer_of(key: SigningKey) -> Signer:
    if key.place == KeyPlace.PKCS11:
        return Pkcs11Signer(key.kid, key.algorithm, key.label)
    if key.place == KeyPlace.REMOTE:
        return RemoteSigner(key.kid, key.algorithm, key.label)
    return file_signer(key.kid, key.algorithm, key_path(key.name))


def adopt_key(use: KeyUse, place: KeyPlace, label: str) -> SigningKey:
    """A key that was made on the token or in the service signs from now on; it must prove that it can."""
    algorithm = ALGORITHMS[use]
    signer = (Pkcs11Signer if place == KeyPlace.PKCS11 else RemoteSigner)("", algorithm, label)
    public = signer.public_jwk()
    if not signature_holds(public, algorithm, b"proof of possession", signer.sign(b"proof of possession")):
        raise SigningFailed(f"{label} is no {algorithm} key, or its public half is another key's")
    with _one_at_a_time():
        return enter_key(use, public, place, label)


def active_key(use: KeyUse) -> SigningKey:
    """The one that signs; the embedded shape makes it at first use, and anew when the site's address changed."""
    key = _active(use)
    if key is not None:
        return key
    if not settings.EMBEDDED:
        raise NoSigningKey(
            f"there is no {use} key for {issuer_did()}: run `manage.py signing_keys make` (docs/operators.md)"
        )
    with _one_at_a_time():
        return _active(use) or make_key(use)


def verification_keys(use: KeyUse) -> list[SigningKey]:
    """Those that sign and those that are retired; never a compromised one."""
    return list(SigningKey.objects.filter(use=use, compromised_at__isnull=True))


def published_keys() -> list[SigningKey]:
    """What did.json and jwks.json list: keys of credentials, proofs and tickets that were not compromised."""
    return list(SigningKey.objects.filter(compromised_at__isnull=True).exclude(use=KeyUse.SEAL))


def rotate_key(use: KeyUse) -> SigningKey:
    """A new key signs from now on; what the old one signed stays valid."""
    with _one_at_a_time():
        return make_key(use)


def compromise_key(kid: str) -> SigningKey:
    """The key leaves did.json and jwks.json at once. Issuing again what it signed: replace_compromised_key.py."""
    key = SigningKey.objects.get(kid=kid)
    signed = key.signs
    if key.compromised_at is None:
        key.compromised_at = timezone.now()
        key.save(update_fields=["compromised_at"])
    key_path(key.name).unlink(missing_ok=True)
    if signed and key.place == KeyPlace.FILE:
        rotate_key(KeyUse(key.use))
    return key


def _active(use: KeyUse) -> SigningKey | None:
    active = SigningKey.objects.filter(use=use, retired_at__isnull=True, compromised_at__isnull=True)
    return active.filter(kid__startswith=f"{issuer_did()}#").first()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Web process and worker may both want the first key; the row of the database is the last guard."""
    folder = Path(settings.SIGNING_KEYS_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "keys.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
