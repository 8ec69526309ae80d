"""Who seals a paper: the certificate of the active seal key, its chain, and a signer for pyHanko."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from pyhanko.sign.signers import Signer as PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from assessments.certificates.signing.keys import active_key, signer_of, verification_keys
from assessments.certificates.signing.models import KeyUse, SigningKey
from assessments.certificates.signing.seal_certificates import ca_certificate
from assessments.certificates.signing.signer import Signer

_RSA_3072_BYTES = 384


@dataclass(frozen=True)
class SealIdentity:
    key: SigningKey
    certificate: asn1_x509.Certificate
    chain: tuple[asn1_x509.Certificate, ...]
    signer: Signer

    def pdf_signer(self) -> PdfSigner:
        """For pyHanko's sign_pdf; the same for a key in a file, on a token or far away."""
        return _KeySigner(self)


class _KeySigner(PdfSigner):
    def __init__(self, identity: SealIdentity) -> None:
        self._signer = identity.signer
        registry = SimpleCertificateStore.from_certs(identity.chain)  # type: ignore[no-untyped-call]
        super().__init__(signing_cert=identity.certificate, cert_registry=registry)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError("seals use SHA-256")
        return bytes(_RSA_3072_BYTES) if dry_run else self._signer.sign(data)


def seal_identity() -> SealIdentity:
    key = active_key(KeyUse.SEAL)
    chain = (authority_certificate(),)
    return SealIdentity(key, _pem(key.certificate_pem.encode()), chain, signer_of(key))


def ca_pem() -> bytes:
    """What a stranger puts among trusted certificates to see that a seal is ours."""
    made = ca_certificate(Path(settings.SIGNING_KEYS_DIR), settings.SITE_NAME)
    return made.public_bytes(Encoding.PEM)


def authority_certificate() -> asn1_x509.Certificate:
    return _pem(ca_pem())


def seal_certificates() -> list[asn1_x509.Certificate]:
    """Leaves whose seals count: active and retired ones, never a compromised one."""
    return [_pem(key.certificate_pem.encode()) for key in verification_keys(KeyUse.SEAL)]


def _pem(text: bytes) -> asn1_x509.Certificate:
    _, _, der = pem.unarmor(text)
    found: asn1_x509.Certificate = asn1_x509.Certificate.load(der)
    return found
