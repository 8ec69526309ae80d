"""Make the key that signs from now on for one use; the one before is retired and still verifies."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assessments.certificates.signing.file_signer import new_private_key, write_private_key
from assessments.certificates.signing.issuer_did import did_of_site
from assessments.certificates.signing.jwk import jwk_of, key_of, thumbprint
from assessments.certificates.signing.models import KeyPlace, KeyUse, SigningKey
from assessments.certificates.signing.seal_certificates import leaf_certificate
from assessments.certificates.signing.signer import EDDSA, ES256, RS256

ALGORITHMS = {
    KeyUse.CREDENTIAL: ES256,
    KeyUse.PROOF: EDDSA,
    KeyUse.TICKET: EDDSA,
    KeyUse.SEAL: RS256,
}
_NAME_BYTES = 4


def issuer_did() -> str:
    return did_of_site(settings.SITE_URL)


def key_path(name: str) -> Path:
    return Path(settings.SIGNING_KEYS_DIR) / f"{name}.pem"


def make_key(use: KeyUse) -> SigningKey:
    """A new pair in a file of SIGNING_KEYS_DIR."""
    private = new_private_key(ALGORITHMS[use])
    public = jwk_of(private.public_key())
    name = key_name(use, public)
    write_private_key(key_path(name), private)
    return enter_key(use, public)


def enter_key(
    use: KeyUse, public: dict[str, Any], place: KeyPlace = KeyPlace.FILE, label: str = ""
) -> SigningKey:
    """Take a public key on record; its private half lies where ``place`` says. It signs from now on."""
    name = key_name(use, public)
    with transaction.atomic():
        active = SigningKey.objects.filter(use=use, retired_at__isnull=True, compromised_at__isnull=True)
        files = [key_path(key.name) for key in active if key.place == KeyPlace.FILE]
        active.update(retired_at=timezone.now())
        transaction.on_commit(functools.partial(_forget, files), robust=True)
        return SigningKey.objects.create(
            name=name,
            kid=f"{issuer_did()}#{name}",
            use=use,
            place=place,
            label=label,
            algorithm=ALGORITHMS[use],
            public_jwk=public,
            certificate_pem=_certificate(public) if use == KeyUse.SEAL else "",
        )


def _forget(files: list[Path]) -> None:
    """A retired key only verifies: what cannot be stolen any more need not be feared for."""
    for file in files:
        file.unlink(missing_ok=True)


def key_name(use: KeyUse, public: dict[str, Any]) -> str:
    return f"{use}-{timezone.localdate().year}-{thumbprint(public)[:_NAME_BYTES].hex()}"


def _certificate(public: dict[str, Any]) -> str:
    key = key_of(public)
    assert isinstance(key, RSAPublicKey)  # noqa: S101 - seals are RSA
    made = leaf_certificate(Path(settings.SIGNING_KEYS_DIR), settings.SITE_NAME, key)
    return made.public_bytes(Encoding.PEM).decode()
