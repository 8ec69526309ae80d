"""Is the container of a seal, byte for byte, what we write? Pure.

A seal covers the file except the container that holds the signature itself. Padding, spare attributes and the
certificates beside the signature are signed by nobody, so they must be exactly what sealing one of our papers gives.
"""

from __future__ import annotations

from typing import Any

from asn1crypto import algos, cms


def is_as_we_write_it(data: bytes, seal: Any, authority: str) -> bool:
    """``seal`` as pyHanko found it in ``data``; ``authority`` is the SHA-256 of the certificate of our authority."""
    if len(seal.byte_range) != 4:
        return False
    _, start, end, _ = seal.byte_range
    if _certificates(seal) != {seal.signer_cert.sha256.hex(), authority}:
        return False
    gap = data[start:end]
    digits = _written_anew(seal).hex().upper().encode()
    return gap == b"<" + digits.ljust(len(gap) - 2, b"0") + b">"


def _certificates(seal: Any) -> set[str]:
    return {one.chosen.sha256.hex() for one in seal.signed_data["certificates"] if one.name == "certificate"}


def _written_anew(seal: Any) -> bytes:
    """From what the signature covers, the signature and a time-stamp; whatever else was there is left out."""
    signer, found = seal.signer_cert, seal.signer_info
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    identifier = cms.IssuerAndSerialNumber({"issuer": signer.issuer, "serial_number": signer.serial_number})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": identifier}),
            "digest_algorithm": digest,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            "signed_attrs": list(found["signed_attrs"]),
            "signature": found["signature"].native,
        }
    )
    stamps = [one for one in found["unsigned_attrs"] if one["type"].native == "signature_time_stamp_token"]
    if stamps:
        info["unsigned_attrs"] = stamps
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((digest,)),
            "encap_content_info": {"content_type": "data"},
            "certificates": list(seal.signed_data["certificates"]),
            "signer_infos": [info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": content}).dump())
