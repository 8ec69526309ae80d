"""Credentials as compact JWT (RFC 7519): the payload is the whole credential; pure."""

from __future__ import annotations

import json
from typing import Any

from assessments.certificates.signing.jwk import base64url
from assessments.certificates.signing.signer import Signer


def signed_jwt(claims: dict[str, Any], signer: Signer) -> str:
    """PyJWT wants the private key in its hands; ours may lie on a token or far away."""
    header = {"alg": signer.algorithm, "typ": "JWT", "kid": signer.kid}
    signing_input = f"{_part(header)}.{_part(claims)}"
    return f"{signing_input}.{base64url(signer.sign(signing_input.encode()))}"


def _part(content: dict[str, Any]) -> str:
    return base64url(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
