"""The proof inside a JSON credential: Data Integrity, cryptosuite eddsa-rdfc-2022, pure.

https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022: the signature covers SHA-256 of the canonical proof options
followed by SHA-256 of the canonical document.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyld import jsonld

from assessments.certificates.credentials import base58
from assessments.certificates.credentials.contexts import load_context
from assessments.certificates.signing.signer import Signer

CRYPTOSUITE = "eddsa-rdfc-2022"
_SIGNATURE_BYTES = 64


class TermWithoutMeaning(ValueError):
    """A member that no context defines would not be covered by the signature."""


def with_proof(document: dict[str, Any], signer: Signer, created: dt.datetime) -> dict[str, Any]:
    """The document and its proof, a list of one."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": signer.kid,
        "proofPurpose": "assertionMethod",
    }
    value = base58.multibase(signer.sign(_to_sign(document, options)))
    return {**document, "proof": [{**options, "proofValue": value}]}


def proof_holds(document: dict[str, Any], proof: dict[str, Any], key: Ed25519PublicKey) -> bool:
    """``document`` is without its proof. Raises ValueError for a document that cannot be made canonical."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = base58.from_multibase(proof["proofValue"])
        if len(signature) != _SIGNATURE_BYTES:
            return False
        key.verify(signature, _to_sign(document, options))
    except InvalidSignature:
        return False
    return True


def _to_sign(document: dict[str, Any], options: dict[str, Any]) -> bytes:
    return _hash({"@context": document["@context"], **options}) + _hash(document)


def _hash(document: dict[str, Any]) -> bytes:
    try:
        # URDNA2015 is the algorithm that W3C now calls RDFC-1.0.
        lines = jsonld.JsonLdProcessor(on_property_dropped=_refuse).normalize(
            document,
            {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load_context},
        )
    except jsonld.JsonLdError as problem:
        raise ValueError(f"not canonical: {problem.code or problem.type}") from None
    return hashlib.sha256(lines.encode()).digest()


def _refuse(name: str) -> None:
    raise TermWithoutMeaning(name)
