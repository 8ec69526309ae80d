"""A wrong name is corrected by a new certificate that takes the place of the old one."""

from __future__ import annotations

from assessments.certificates.models import Certificate, CertificateOrigin
from assessments.certificates.replace_certificate import NotInForce, replace_certificate
from lms import vietnamese
from lms.accounts.api import Person


class CannotCorrect(Exception):
    """The certificate is withdrawn or was replaced already, or the new name is empty."""


def correct_name(certificate: Certificate, name: str, actor: Person | None) -> Certificate:
    """Same achievement, level and last day; new name, code, number and day of issue."""
    new_name = vietnamese.normal(name)
    if not new_name or len(new_name) > 150:
        raise CannotCorrect("the name is empty or too long")
    try:
        return replace_certificate(certificate, new_name, CertificateOrigin.CORRECTION, actor, "name")
    except NotInForce:
        raise CannotCorrect("only the certificate in force can be corrected") from None
