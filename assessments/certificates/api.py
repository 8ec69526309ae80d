"""The door of this room: achievements, certificates, and what a code says."""

from __future__ import annotations

from assessments.certificates.certificates_of import certificates_of
from assessments.certificates.check_code import CodeCheck, CodeStatus, check_code, status_of
from assessments.certificates.codes import shown as shown_code
from assessments.certificates.correct_name import CannotCorrect, correct_name
from assessments.certificates.forget_holder import export_person, forget_holder
from assessments.certificates.issue_certificate import issue_for_sitting
from assessments.certificates.load_achievements import load_starter_achievements
from assessments.certificates.models import Achievement, Certificate, CertificateState
from assessments.certificates.revoke_certificate import CannotRevoke, revoke_certificate
from assessments.certificates.verifying.who_checked import Check, WhoChecked, who_checked

__all__ = [
    "Achievement",
    "CannotCorrect",
    "CannotRevoke",
    "Certificate",
    "CertificateState",
    "Check",
    "CodeCheck",
    "CodeStatus",
    "WhoChecked",
    "certificates_of",
    "check_code",
    "correct_name",
    "export_person",
    "forget_holder",
    "issue_for_sitting",
    "load_starter_achievements",
    "revoke_certificate",
    "shown_code",
    "status_of",
    "who_checked",
]
