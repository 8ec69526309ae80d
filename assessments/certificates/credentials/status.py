"""The published status lists: stale at once when a certificate is withdrawn or replaced, signed anew when asked for."""

from __future__ import annotations

import datetime as dt
import json

from django.db.models import F
from django.utils import timezone

from assessments.certificates.credentials.addresses import status_address
from assessments.certificates.credentials.allocate_status import gone
from assessments.certificates.credentials.integrity_proof import with_proof
from assessments.certificates.credentials.jwt_text import signed_jwt
from assessments.certificates.credentials.models import StatusList
from assessments.certificates.credentials.status_bits import encoded_list, status_credential
from assessments.certificates.models import Certificate
from assessments.certificates.signing.keys import signer_for
from assessments.certificates.signing.make_key import issuer_did
from assessments.certificates.signing.models import KeyUse

VALIDITY = dt.timedelta(days=7)
_EVERY = dt.timedelta(days=1)


def changed(certificate: Certificate) -> None:
    """Belongs into the transaction that withdraws or replaces. Whoever asks for the list next gets a new one."""
    lists = StatusList.objects.filter(certificates=certificate.pk)
    lists.update(changes=F("changes") + 1)


def published(number: int) -> StatusList | None:
    """The list as strangers may see it: never older than the last change, nor than a day."""
    found = StatusList.objects.filter(number=number).first()
    if found is not None and _is_stale(found):
        sign_list(found)
    return found


def sign_list(status_list: StatusList) -> None:
    """The count of changes is read before the bits, so that a change in between leaves the list stale."""
    status_list.refresh_from_db(fields=["changes", "signed_changes"])
    known = status_list.changes
    now = timezone.now().replace(microsecond=0)
    address, issuer = status_address(status_list.number), issuer_did()
    bits = encoded_list(_withdrawn(status_list), StatusList.LENGTH)
    content = status_credential(address, issuer, bits, now, now + VALIDITY)
    claims = {"iss": issuer, "sub": f"{address}#list", "jti": address, "nbf": int(now.timestamp())}
    claims["exp"] = int((now + VALIDITY).timestamp())
    status_list.signed_changes, status_list.signed_at, status_list.valid_until = known, now, now + VALIDITY
    status_list.json_text = json.dumps(
        with_proof(content, signer_for(KeyUse.PROOF), now), ensure_ascii=False, separators=(",", ":")
    )
    status_list.jwt_text = signed_jwt({**content, **claims}, signer_for(KeyUse.CREDENTIAL))
    # A slower process that knows less must not write over what a faster one has signed.
    older = StatusList.objects.filter(pk=status_list.pk, signed_changes__lte=known)
    older.update(
        signed_changes=known,
        signed_at=status_list.signed_at,
        valid_until=status_list.valid_until,
        json_text=status_list.json_text,
        jwt_text=status_list.jwt_text,
    )


def sign_stale_lists() -> int:
    """For the worker: every list that changed or that is a day old."""
    stale = [status_list for status_list in StatusList.objects.all() if _is_stale(status_list)]
    for status_list in stale:
        sign_list(status_list)
    return len(stale)


def forget_signatures() -> None:
    """After a key was compromised: what it signed is thrown away and signed anew."""
    StatusList.objects.update(signed_at=None, json_text="", jwt_text="")


def _is_stale(status_list: StatusList) -> bool:
    if status_list.signed_at is None or status_list.signed_changes != status_list.changes:
        return True
    return timezone.now() - status_list.signed_at >= _EVERY


def _withdrawn(status_list: StatusList) -> list[int]:
    withdrawn = Certificate.objects.filter(gone(), status_list=status_list)
    return [index for index in withdrawn.values_list("status_index", flat=True) if index is not None]
