"""A certificate whose credential is signed, without its paper."""

from __future__ import annotations

import base64
import json
from typing import Any

from assessments.certificates.api import Certificate, issue_for_sitting
from assessments.certificates.credentials.sign_credential import sign_credential
from assessments.sittings.api import Sitting


def signed_certificate(sitting: Sitting) -> Certificate:
    issue_for_sitting(sitting)
    certificate = Certificate.objects.get(sitting=sitting, origin="earned")
    sign_credential(certificate)
    return certificate


def part(text: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def encoded(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
