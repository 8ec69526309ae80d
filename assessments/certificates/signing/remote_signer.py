"""Keys in a signing service that is reached by HTTPS; what it must answer stands in docs/operators.md."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings

from assessments.certificates.signing.jwk import base64url, from_base64url
from assessments.certificates.signing.signer import SigningFailed

_SECONDS = 10
_LONGEST_ANSWER = 16 * 1024
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class RemoteSigner:
    def __init__(self, kid: str, algorithm: str, label: str) -> None:
        self.kid = kid
        self.algorithm = algorithm
        self._label = label

    def public_jwk(self) -> dict[str, Any]:
        """``GET /keys/<label>`` answers the public JWK."""
        answer = _ask(f"/keys/{urllib.parse.quote(self._label, safe='')}", None)
        return {name: answer[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in answer}

    def sign(self, data: bytes) -> bytes:
        """``POST /keys/<label>/sign`` {algorithm, data} answers {signature}, both in base64url."""
        path = f"/keys/{urllib.parse.quote(self._label, safe='')}/sign"
        answer = _ask(path, {"algorithm": self.algorithm, "data": base64url(data)})
        try:
            return from_base64url(answer["signature"])
        except (KeyError, TypeError, ValueError):
            raise SigningFailed("the signing service answered without a signature") from None


def _ask(path: str, content: dict[str, str] | None) -> dict[str, Any]:
    """The token of the service is read anew each time, so that it can be changed without a restart."""
    address = settings.SIGNING_REMOTE_URL.rstrip("/") + path
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise SigningFailed("the signing service must be reached by https")
    request = urllib.request.Request(address, data=json.dumps(content).encode() if content else None)  # noqa: S310 - looked at above
    request.add_header("Authorization", f"Bearer {_secret()}")
    request.add_header("Content-Type", "application/json")
    try:
        with _opener().open(request, timeout=_SECONDS) as answer:
            read: Any = json.loads(answer.read(_LONGEST_ANSWER))
    except (urllib.error.URLError, OSError, ValueError) as problem:
        raise SigningFailed(f"the signing service did not answer: {type(problem).__name__}") from None
    if not isinstance(read, dict):
        raise SigningFailed("the signing service answered something else")
    return read


def _secret() -> str:
    try:
        return Path(settings.SIGNING_REMOTE_TOKEN_FILE).read_text().strip()
    except OSError as problem:
        raise SigningFailed(f"SIGNING_REMOTE_TOKEN_FILE cannot be read: {problem.strerror}") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token must not wander to another host."""

    def redirect_request(self, *args: Any) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirect)
