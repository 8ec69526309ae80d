"""Pages for whoever holds a certificate, or a paper that claims to be one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.certificates import codes, throttle
from assessments.certificates.certificates_of import certificates_of
from assessments.certificates.check_code import CodeStatus, check_code
from assessments.certificates.code_form import CodeForm
from assessments.certificates.mask_name import masked
from assessments.certificates.models import Certificate, CertificateState
from assessments.certificates.tasks import render_certificate
from lms.accounts.api import Person


@require_safe
def certificate_page(request: HttpRequest, code: str) -> HttpResponse:
    """For everybody, without an account."""
    wait = throttle.seconds_to_wait(request)
    if wait:
        return _too_many(request, wait)
    check = check_code(code)
    if check.certificate is None:
        throttle.count_failure(request)
        context = {"status": check.status, "form": CodeForm()}
        # A page that is not found is looked up among redirects; a wrong check symbol costs no query at all.
        status = 400 if check.status == CodeStatus.MISTYPED else 404
        return _not_to_be_kept(render(request, "certificates/not_found.html", context, status=status))
    context = {"status": check.status, "checked_at": timezone.now(), **_said(check.certificate)}
    return _not_to_be_kept(render(request, "certificates/page.html", context))


@require_safe
def code_form(request: HttpRequest) -> HttpResponse:
    """For everybody: type the code of a paper."""
    if "ma" not in request.GET:
        return render(request, "certificates/form.html", {"form": CodeForm()})
    wait = throttle.seconds_to_wait(request)
    if wait:
        return _too_many(request, wait)
    form = CodeForm(request.GET)
    if form.is_valid():
        return _not_to_be_kept(redirect("certificates:page", codes.shown(form.cleaned_data["ma"])))
    throttle.count_failure(request)
    return _not_to_be_kept(render(request, "certificates/form.html", {"form": form}, status=400))


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
    name = f"chung-nhan-{certificate.number}.pdf"
    response = FileResponse(certificate.pdf.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/pdf"
    response["Cache-Control"] = "private, no-store"
    return response


def _being_made(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Ask the worker again: the first message may be lost, or the file with the disk."""
    Certificate.objects.filter(pk=certificate.pk).update(state=CertificateState.PENDING)
    render_certificate.delay(certificate.pk)
    response = render(request, "certificates/being_made.html", {"certificate": certificate}, status=202)
    response["Refresh"] = "15"
    return _not_to_be_kept(response)


def _said(certificate: Certificate) -> dict[str, object]:
    """What the public page says; never e-mail, birth date, ethnicity or unit."""
    return {
        "certificate": certificate,
        "said": certificate.snapshot,
        "name": masked(certificate.name),
        "code": codes.shown(certificate.code),
        "successor": codes.shown(certificate.successor.code) if certificate.successor else "",
    }


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    minutes = -(-wait // 60)
    response = render(request, "certificates/too_many.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(wait)
    return _not_to_be_kept(response)


def _not_to_be_kept(response: HttpResponse) -> HttpResponse:
    """Out of search engines, caches and the referrer of whatever is opened next."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
