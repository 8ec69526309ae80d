"""The report of a check: what was asked, when, and every answer; signed with the issuer's key."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.conf import settings

from assessments.certificates.codes import shown
from assessments.certificates.signing.keys import KeyUse, signer_for
from assessments.certificates.staff_checks.models import StaffCheck, StaffCheckRow

_TYPE = "staff-check-report+json"


def report_bytes(check: StaffCheck) -> bytes:
    """The same bytes whenever it is asked for, so that its hash recognises a report after the list is gone."""
    rows = StaffCheckRow.objects.filter(check_of=check).order_by("row")
    content = {
        "type": "staff-check-report",
        "issuer": settings.SITE_URL,
        "id": str(check.uuid),
        "organisation": check.unit.full_title,
        "purpose": check.purpose,
        "legal_basis": check.legal_basis,
        "as_of": check.as_of.isoformat() if check.as_of else None,
        "input": {"file_name": check.file_name, "sha256": check.input_hash, "rows": check.total},
        "counts": check.counts,
        "rows": [answer(row) for row in rows.iterator(2_000)],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def answer(row: StaffCheckRow) -> dict[str, Any]:
    """One row for machines; the words of pages stand in ``notes.py``."""
    return {
        "row": row.row,
        "full_name": row.full_name,
        "staff_number": row.staff_number,
        "listed_code": row.listed_code,
        "result": row.result,
        "code": shown(row.code) if row.code else None,
        "title": row.title or None,
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "facts": row.facts,
    }


def signed_report(check: StaffCheck) -> bytes:
    """Flattened JWS (RFC 7515, 7.2.2): any JOSE library checks it with the key that ``kid`` names."""
    signer = signer_for(KeyUse.CREDENTIAL)
    header = {"alg": signer.algorithm, "kid": signer.kid, "typ": _TYPE}
    protected = _encoded(json.dumps(header, separators=(",", ":")).encode())
    payload = _encoded(report_bytes(check))
    signature = _encoded(signer.sign(f"{protected}.{payload}".encode()))
    return json.dumps({"payload": payload, "protected": protected, "signature": signature}, indent=1).encode()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
