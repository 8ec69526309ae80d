"""Public addresses for machines: the issuer's keys, status lists, achievements. For everybody, without a session."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from assessments.certificates.credentials.addresses import achievement_address
from assessments.certificates.credentials.did_document import jwk_set, published_jwk
from assessments.certificates.credentials.open_badge import described_achievement
from assessments.certificates.credentials.published_keys import (
    all_published,
    as_published,
    published_did_document,
)
from assessments.certificates.credentials.status import published
from assessments.certificates.models import Achievement
from assessments.certificates.signing.keys import published_keys
from assessments.certificates.signing.signer import NoSigningKey, SigningFailed

_JWT_TYPES = ("application/vc+jwt", "application/jwt")
# Short: a compromised key and a revocation must be seen soon.
_FRESH_SECONDS = 300


@require_safe
def did(request: HttpRequest) -> HttpResponse:
    document = published_did_document()
    return _json(document, "application/did+json" if _wants(request, "application/did+json") else None)


@require_safe
def jwks(request: HttpRequest) -> HttpResponse:
    return _json(jwk_set(all_published()), "application/jwk-set+json")


@require_safe
def single_key(request: HttpRequest, name: str) -> HttpResponse:
    """A compromised key is as unknown as one that never was."""
    for key in published_keys():
        if key.name == name:
            return _json(published_jwk(as_published(key)), "application/jwk+json")
    raise Http404


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """JSON with an embedded proof, or JWT for whoever accepts only that."""
    try:
        found = published(number)
    except (NoSigningKey, SigningFailed):
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    if found is None:
        raise Http404
    as_jwt = any(_wants(request, kind) for kind in _JWT_TYPES)
    kind = _JWT_TYPES[0] if as_jwt else "application/json"
    response = HttpResponse(found.jwt_text if as_jwt else found.json_text, content_type=kind)
    patch_vary_headers(response, ["Accept"])
    return _open(response, 60)


@require_safe
def achievement(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """What a credential points at: the achievement as Open Badges describes it."""
    found = get_object_or_404(Achievement, key=key, version=version)
    address = achievement_address(key, version)
    return _json(described_achievement(address, found.title, found.criteria), "application/json")


def _wants(request: HttpRequest, kind: str) -> bool:
    """Named in so many words; */* means JSON."""
    accepted = request.headers.get("Accept", "")
    return kind in {part.partition(";")[0].strip().lower() for part in accepted.split(",")}


def _json(content: dict[str, Any], kind: str | None) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False)
    return _open(HttpResponse(text, content_type=kind or "application/json"), _FRESH_SECONDS)


def _open(response: HttpResponse, seconds: int) -> HttpResponse:
    """Verifiers of other sites read these with the browser's fetch."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response
