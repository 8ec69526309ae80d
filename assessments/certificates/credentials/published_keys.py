"""The issuer's keys as the world may see them."""

from __future__ import annotations

from typing import Any

from assessments.certificates.credentials.addresses import site_address
from assessments.certificates.credentials.did_document import PublishedKey, did_document
from assessments.certificates.signing.keys import published_keys
from assessments.certificates.signing.make_key import issuer_did
from assessments.certificates.signing.models import KeyUse, SigningKey


def published_did_document() -> dict[str, Any]:
    return did_document(issuer_did(), site_address(), all_published())


def all_published() -> list[PublishedKey]:
    return [as_published(key) for key in published_keys()]


def as_published(key: SigningKey) -> PublishedKey:
    return PublishedKey(key.kid, key.algorithm, key.public_jwk, key.use == KeyUse.PROOF)
