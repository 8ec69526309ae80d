"""The making of a certificate's file: pending → signed → rendered → sealed → stored.

Every step runs only when its output is missing and ends with a compare-and-swap of the state, so that five workers at
once, or a kill between any two steps, give one credential, one status index and one sealed file.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from assessments.certificates.credentials.sign_credential import sign_credential
from assessments.certificates.models import Certificate, CertificateState
from assessments.certificates.paper.render_page import certificate_page
from assessments.certificates.paper.seal_pdf import sealed_pdf
from assessments.certificates.signing.seal_identity import seal_identity

State = CertificateState


def unfinished_ids() -> list[int]:
    unfinished = Certificate.objects.exclude(state=State.STORED)
    return list(unfinished.order_by("pk").values_list("pk", flat=True))


def make_paper(certificate_id: int) -> bool:
    """True when this call stored the file; False when there was nothing to do or another worker did it."""
    stored = False
    while (certificate := _waiting(certificate_id)) is not None:
        stored = _STEPS[State(certificate.state)](certificate)
    # Also when another did the work: it may have been killed before it could tidy up.
    for done in Certificate.objects.filter(pk=certificate_id, state=State.STORED):
        remove_drafts(done)
    return stored


def _waiting(certificate_id: int) -> Certificate | None:
    """The row as it is now; erased holders get no paper."""
    waiting = Certificate.objects.filter(pk=certificate_id, person__isnull=False)
    return waiting.exclude(state=State.STORED).select_related("achievement").first()


def _sign(certificate: Certificate) -> bool:
    sign_credential(certificate)
    return _move(certificate, State.SIGNED)


def _render(certificate: Certificate) -> bool:
    _write(certificate, _page_name(certificate), certificate_page(certificate))
    return _move(certificate, State.RENDERED)


def _seal(certificate: Certificate) -> bool:
    page = _read(certificate, _page_name(certificate))
    if page is None:
        return _move(certificate, State.SIGNED)
    identity = seal_identity()
    made = sealed_pdf(page, certificate.snapshot["issuer"], certificate.issued_on, identity)
    digest = hashlib.sha256(made).hexdigest()
    # Two workers seal with different bytes: each writes under its own digest, the row says whose counts.
    _write(certificate, _sealed_name(certificate, digest), made)
    return _move(certificate, State.SEALED, pdf_digest=digest, seal_key=identity.key)


def _store(certificate: Certificate) -> bool:
    made = _read(certificate, _sealed_name(certificate, certificate.pdf_digest))
    if made is None or hashlib.sha256(made).hexdigest() != certificate.pdf_digest:
        return _move(certificate, State.RENDERED, pdf_digest="")
    name = f"{certificate.issued_on.year}/{certificate.code}.pdf"
    _write(certificate, name, made)
    stored = _move(certificate, State.STORED, pdf=name)
    if not stored and not Certificate.objects.filter(pk=certificate.pk, pdf=name).exists():
        certificate.pdf.storage.delete(name)  # the holder was erased in between
    return stored


_STEPS: dict[CertificateState, Callable[[Certificate], bool]] = {
    State.PENDING: _sign,
    State.SIGNED: _render,
    State.RENDERED: _seal,
    State.SEALED: _store,
}


def _move(certificate: Certificate, state: CertificateState, **values: Any) -> bool:
    """Only from where this worker began: whoever is late changes nothing."""
    begun = Certificate.objects.filter(
        pk=certificate.pk,
        state=certificate.state,
        pdf_digest=certificate.pdf_digest,
        person__isnull=False,
    )
    return bool(begun.update(state=state, **values))


def _drafts(certificate: Certificate) -> str:
    return f"drafts/{certificate.code}"


def _page_name(certificate: Certificate) -> str:
    return f"{_drafts(certificate)}/page.pdf"


def _sealed_name(certificate: Certificate, digest: str) -> str:
    return f"{_drafts(certificate)}/{digest}.pdf"


def remove_drafts(certificate: Certificate) -> None:
    """Also those of killed workers. One that comes late writes once more, and tidies up when it leaves."""
    storage, folder = certificate.pdf.storage, _drafts(certificate)
    with contextlib.suppress(OSError):
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
        storage.delete(folder)


def _write(certificate: Certificate, name: str, content: bytes) -> None:
    certificate.pdf.storage.save(name, ContentFile(content))


def _read(certificate: Certificate, name: str) -> bytes | None:
    """None when a disk has lost it, or another worker has tidied up."""
    try:
        with certificate.pdf.storage.open(name) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None
