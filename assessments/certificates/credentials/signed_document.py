"""The credential as JSON with its embedded proof, made on demand from what was issued."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from assessments.certificates.credentials.integrity_proof import with_proof
from assessments.certificates.credentials.open_badge import document_of
from assessments.certificates.models import Certificate
from assessments.certificates.signing.jwk import from_base64url
from assessments.certificates.signing.keys import signer_for
from assessments.certificates.signing.models import KeyUse


def signed_document(certificate: Certificate) -> dict[str, Any]:
    """Same content as the JWT. The certificate must have been signed before."""
    claims = json.loads(from_base64url(certificate.credential.split(".")[1]))
    return with_proof(document_of(claims), signer_for(KeyUse.PROOF), timezone.now())
