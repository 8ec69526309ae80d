"""A key is no longer only ours: withdraw it, sign the lists anew and issue again what it signed."""

from __future__ import annotations

import contextlib

from django.db.models import Q

from assessments.certificates.credentials.allocate_status import gone
from assessments.certificates.credentials.status import forget_signatures, sign_stale_lists
from assessments.certificates.models import Certificate, CertificateOrigin
from assessments.certificates.replace_certificate import NotInForce, replace_certificate
from assessments.certificates.signing.keys import compromise_key
from assessments.certificates.signing.models import SigningKey
from assessments.certificates.signing.signer import NoSigningKey
from lms.accounts.api import Person


def replace_compromised_key(kid: str, actor: Person | None = None) -> int:
    """The number of certificates issued again. Cut off in the middle and run again, it does the rest."""
    key = compromise_key(kid)
    forget_signatures()
    # With keys on a token nothing can sign until a new one is adopted; the lists wait for it.
    with contextlib.suppress(NoSigningKey):
        sign_stale_lists()
    return sum(_issue_again(certificate, actor) for certificate in _signed_with(key))


def _signed_with(key: SigningKey) -> list[Certificate]:
    touched = Q(credential_key=key) | Q(ticket_key=key) | Q(seal_key=key)
    return list(Certificate.objects.filter(touched, person__isnull=False).exclude(gone()).order_by("pk"))


def _issue_again(certificate: Certificate, actor: Person | None) -> bool:
    try:
        replace_certificate(certificate, certificate.name, CertificateOrigin.REISSUE, actor, "key")
    except NotInForce:
        return False
    return True
