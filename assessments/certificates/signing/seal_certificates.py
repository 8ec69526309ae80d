"""The small certificate authority of an installation and the leaf that seals papers (X.509, RFC 5280 and 9336)."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from assessments.certificates.signing.file_signer import new_private_key, read_private_key, write_private_key
from assessments.certificates.signing.signer import RS256

CA_CERTIFICATE, CA_KEY = "ca.pem", "ca.key.pem"
# RFC 9336, and what readers built on NSS (pdfsig, Okular) ask for, who do not know it yet.
_DOCUMENT_SIGNING = (ObjectIdentifier("1.3.6.1.5.5.7.3.36"), ExtendedKeyUsageOID.EMAIL_PROTECTION)
_CA_YEARS, _LEAF_YEARS = 20, 3
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def ca_certificate(folder: Path, organisation: str) -> x509.Certificate:
    """Read, or made at the first run together with its key; two processes at once make one."""
    path = folder / CA_CERTIFICATE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (folder / "ca.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                _make_ca(folder, organisation)
    return x509.load_pem_x509_certificate(path.read_bytes())


def _make_ca(folder: Path, organisation: str) -> None:
    # A key without its certificate is what a crash left behind.
    (folder / CA_KEY).unlink(missing_ok=True)
    key = new_private_key(RS256)
    assert isinstance(key, RSAPrivateKey)  # noqa: S101 - RS256 is RSA
    write_private_key(folder / CA_KEY, key)
    name = _name(organisation, f"{organisation} CA"[:64])
    builder = _builder(name, name, key.public_key(), _CA_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    made = builder.sign(key, hashes.SHA256())
    unfinished = folder / f"{CA_CERTIFICATE}.unfinished"
    unfinished.write_bytes(made.public_bytes(Encoding.PEM))
    os.replace(unfinished, folder / CA_CERTIFICATE)


def leaf_certificate(folder: Path, organisation: str, public: RSAPublicKey) -> x509.Certificate:
    """For signing documents and nothing else."""
    authority = ca_certificate(folder, organisation)
    key = read_private_key(folder / CA_KEY)
    assert isinstance(key, RSAPrivateKey)  # noqa: S101 - made above
    builder = _builder(_name(organisation, organisation[:64]), authority.subject, public, _LEAF_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage("digital_signature", "content_commitment"), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage(_DOCUMENT_SIGNING), critical=False)
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    return builder.add_extension(issuer_key, critical=False).sign(key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, public: RSAPublicKey, years: int
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(organisation: str, common: str) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, organisation[:64]),
        (NameOID.COMMON_NAME, common),
    ]
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


def _usage(*wanted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{usage: usage in wanted for usage in _USAGES})
