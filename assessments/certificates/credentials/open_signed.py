"""Open a signed text with keys that we already trust; nothing in the text may choose algorithm or key. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from assessments.certificates.credentials.checked import Problem, Refused
from assessments.certificates.credentials.integrity_proof import CRYPTOSUITE, proof_holds
from assessments.certificates.credentials.ticket import BadTicket, Ticket, key_id_of, open_ticket
from assessments.certificates.signing.jwk import key_of, thumbprint
from assessments.certificates.signing.signer import ES256

LONGEST = 64 * 1024
_KEY_HEADERS = ("jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "zip")


def open_jwt(text: str, keys: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """``keys``: address → public JWK. Times are not looked at. Raises Refused."""
    if len(text) > LONGEST:
        raise Refused(Problem.MALFORMED)
    try:
        header = jwt.get_unverified_header(text)
    except jwt.InvalidTokenError:
        raise Refused(Problem.MALFORMED) from None
    if header.get("alg") != ES256:
        raise Refused(Problem.ALGORITHM)
    if any(name in header for name in _KEY_HEADERS):
        raise Refused(Problem.FOREIGN_KEY)
    kid = header.get("kid")
    if not isinstance(kid, str) or kid not in keys:
        raise Refused(Problem.UNKNOWN_KEY)
    key = key_of(keys[kid])
    assert isinstance(key, EllipticCurvePublicKey)  # noqa: S101 - ES256 keys are
    try:
        claims: dict[str, Any] = jwt.decode(text, key, algorithms=[ES256], options=_SIGNATURE_ONLY)
    except jwt.InvalidSignatureError:
        raise Refused(Problem.SIGNATURE) from None
    except jwt.InvalidTokenError:
        raise Refused(Problem.MALFORMED) from None
    if claims.get("iss") != _issuer_of(kid) or _issuer_id(claims) != _issuer_of(kid):
        raise Refused(Problem.ISSUER)
    return claims


_SIGNATURE_ONLY: Any = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_sub": False,
    "verify_jti": False,
}


def open_document(content: dict[str, Any], keys: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The document without its proof. Raises Refused."""
    document = {name: value for name, value in content.items() if name != "proof"}
    proof = _only_proof(content.get("proof"))
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or method not in keys:
        raise Refused(Problem.UNKNOWN_KEY)
    key = key_of(keys[method])
    assert isinstance(key, Ed25519PublicKey)  # noqa: S101 - proof keys are
    try:
        holds = proof_holds(document, proof, key)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused(Problem.MALFORMED) from None
    if not holds:
        raise Refused(Problem.SIGNATURE)
    if _issuer_id(document) != _issuer_of(method):
        raise Refused(Problem.ISSUER)
    return document


def open_ticket_with(text: str, keys: Mapping[str, dict[str, Any]]) -> Ticket:
    """Raises Refused."""
    try:
        wanted = key_id_of(text)
    except BadTicket:
        raise Refused(Problem.MALFORMED) from None
    known = [jwk for jwk in keys.values() if thumbprint(jwk)[: len(wanted)] == wanted and wanted]
    if not known:
        raise Refused(Problem.UNKNOWN_KEY)
    key = key_of(known[0])
    assert isinstance(key, Ed25519PublicKey)  # noqa: S101 - ticket keys are
    try:
        return open_ticket(text, key)
    except BadTicket:
        raise Refused(Problem.SIGNATURE) from None


def _only_proof(proofs: Any) -> dict[str, Any]:
    """One proof, of our suite, made to assert."""
    proof = proofs[0] if isinstance(proofs, list) and len(proofs) == 1 else proofs
    if not isinstance(proof, dict) or not isinstance(proof.get("proofValue"), str):
        raise Refused(Problem.MALFORMED)
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != CRYPTOSUITE:
        raise Refused(Problem.ALGORITHM)
    if proof.get("proofPurpose") != "assertionMethod" or "@context" in proof:
        raise Refused(Problem.MALFORMED)
    return proof


def _issuer_of(kid: str) -> str:
    return kid.partition("#")[0]


def _issuer_id(content: dict[str, Any]) -> Any:
    issuer = content.get("issuer")
    return issuer.get("id") if isinstance(issuer, dict) else issuer
