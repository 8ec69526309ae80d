"""The holder's own paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.certificates import codes
from assessments.certificates.certificates_of import certificates_of
from assessments.certificates.issuing.reprint import reprint
from assessments.certificates.models import Certificate, CertificateState
from assessments.certificates.record_event import DOWNLOADED, record_event
from assessments.certificates.tasks import render_certificate
from assessments.certificates.verifying.answers import not_to_be_kept
from lms.accounts.api import Person


@login_required
@require_safe
def certificate_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The holder's own paper; for everybody else it does not exist."""
    plain = codes.read_code(code)
    if plain is None or not isinstance(request.user, Person):
        raise Http404
    certificate = get_object_or_404(certificates_of(request.user), code=plain)
    paper = certificate.pdf.name or ""
    if certificate.state != CertificateState.STORED or not certificate.pdf.storage.exists(paper):
        return _being_made(request, certificate)
    if request.method == "GET":
        record_event(certificate, DOWNLOADED, request.user)
    name = f"chung-nhan-{certificate.number}.pdf"
    response = FileResponse(certificate.pdf.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/pdf"
    response["Cache-Control"] = "private, no-store"
    return response


def _being_made(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Ask the worker again: the first message may be lost, or the file with the disk."""
    if not reprint(certificate, None, "file lost"):
        render_certificate.delay(certificate.pk)
    response = render(request, "certificates/being_made.html", {"certificate": certificate}, status=202)
    response["Refresh"] = "15"
    return not_to_be_kept(response)
