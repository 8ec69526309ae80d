"""States and events of a certificate in words, for administrators."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.certificates.check_code import CodeStatus
from assessments.certificates.models import CertificateEvent
from assessments.certificates.verifying.purposes import words_of

_STATUS: dict[str, str | Promise] = {
    CodeStatus.VALID: _("Still in force"),
    CodeStatus.EXPIRED: _("Out of date"),
    CodeStatus.REVOKED: _("Taken back"),
    CodeStatus.SUPERSEDED: _("Replaced by a newer one"),
}
_EVENTS: dict[str, str | Promise] = {
    "issued": _("Certificate issued"),
    "superseded": _("Replaced by a newer one"),
    "revoked": _("Taken back"),
    "viewed": _("Checked by an agency"),
    "downloaded": _("Paper fetched by the holder"),
    "reprinted": _("Paper made again"),
}


def status_words(status: str) -> str:
    return str(_STATUS.get(status, status))


def event_words(event: CertificateEvent) -> str:
    """What happened, and what was noted with it."""
    details = event.details
    noted = (details.get("organisation"), words_of(details.get("purpose", "")), details.get("reason"))
    kind = str(_EVENTS.get(event.kind, event.kind))
    return ": ".join(filter(None, [kind, ", ".join(filter(None, noted))]))
