"""Public pages: a code, a file, or a scanned paper. For everybody, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from assessments.certificates import codes, throttle
from assessments.certificates.check_code import CodeStatus, check_code
from assessments.certificates.code_form import CodeForm, OfficersCodeForm
from assessments.certificates.mask_name import masked
from assessments.certificates.models import Certificate
from assessments.certificates.verifying import purposes
from assessments.certificates.verifying.answers import not_to_be_kept, too_many, with_form
from assessments.certificates.verifying.check_pdf import FileAnswer, FileCheck, check_pdf
from assessments.certificates.verifying.forms import FileForm
from assessments.certificates.verifying.note_check import note_check, officers_unit
from assessments.certificates.verifying.open_pdf import Busy
from assessments.certificates.verifying.share_link import opens

_BUSY_SECONDS = 15


@require_safe
def certificate_page(request: HttpRequest, code: str) -> HttpResponse:
    """For everybody. The full name only for whoever the holder gave a share link."""
    wait = throttle.seconds_to_wait(request)
    if wait:
        return too_many(request, wait)
    check = check_code(code)
    if check.certificate is None:
        throttle.count_failure(request)
        context = {"status": check.status, "form": CodeForm()}
        # A page that is not found is looked up among redirects; a wrong check symbol costs no query at all.
        status = 400 if check.status == CodeStatus.MISTYPED else 404
        return not_to_be_kept(render(request, "certificates/not_found.html", context, status=status))
    unit = note_check(request, check.certificate, purposes.chosen(request.GET.get("muc-dich", "")))
    context = {
        "status": check.status,
        "checked_at": timezone.now(),
        "recorded_for": unit,
        **_said(check.certificate),
        **_name(request, check.certificate),
    }
    return not_to_be_kept(render(request, "certificates/page.html", context))


@require_safe
def code_form(request: HttpRequest) -> HttpResponse:
    """For everybody: type the code of a paper, scan it, or send a file."""
    if "ma" not in request.GET:
        return _form_page(request)
    wait = throttle.seconds_to_wait(request)
    if wait:
        return too_many(request, wait)
    form = CodeForm(request.GET)
    if form.is_valid():
        address = reverse("certificates:page", args=[codes.shown(form.cleaned_data["ma"])])
        purpose = purposes.chosen(request.GET.get("muc_dich", ""))
        query = f"?{urlencode({'muc-dich': purpose})}" if purpose != purposes.PAGE else ""
        return not_to_be_kept(redirect(address + query))
    throttle.count_failure(request)
    return with_form(_form_page(request, code=_code_form(request, request.GET), status=400))


@require_POST
def check_file(request: HttpRequest) -> HttpResponse:
    """For everybody: what a PDF is worth. The file is read and forgotten."""
    wait = throttle.seconds_to_wait(request, throttle.FILES)
    if wait:
        return too_many(request, wait)
    throttle.count(request, throttle.FILES)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return with_form(_form_page(request, file=form, status=400))
    try:
        found = check_pdf(form.cleaned_data["tep"].read())
    except Busy:
        return too_many(request, _BUSY_SECONDS)
    return not_to_be_kept(_file_answer(request, found))


def _file_answer(request: HttpRequest, found: FileCheck) -> HttpResponse:
    context: dict[str, Any] = {"answer": found.answer, "checked_at": timezone.now()}
    certificate = found.named.certificate if found.named else None
    if found.named is not None and certificate is not None:
        context |= {"status": found.named.status, **_said(certificate), "name": masked(certificate.name)}
        if found.genuine:
            context["recorded_for"] = note_check(request, certificate, purposes.FILE)
    status = 400 if found.answer == FileAnswer.UNREADABLE else 200
    return render(request, "certificates/file.html", context, status=status)


def _form_page(
    request: HttpRequest, *, code: CodeForm | None = None, file: FileForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": code or _code_form(request), "file_form": file or FileForm()}
    return render(request, "certificates/form.html", context, status=status)


def _code_form(request: HttpRequest, data: Any = None) -> CodeForm:
    """Officers also say why; the holder reads it."""
    return (OfficersCodeForm if officers_unit(request) else CodeForm)(data)


def _said(certificate: Certificate) -> dict[str, object]:
    """What the public page says; never e-mail, birth date, ethnicity or unit."""
    return {
        "certificate": certificate,
        "said": certificate.snapshot,
        "code": codes.shown(certificate.code),
        "successor": codes.shown(certificate.successor.code) if certificate.successor else "",
    }


def _name(request: HttpRequest, certificate: Certificate) -> dict[str, object]:
    """Partly masked; a link that no longer opens the name says so, whatever the reason."""
    token = request.GET.get("chia-se")
    if token is None:
        return {"name": masked(certificate.name), "shared": None}
    shared = opens(token, certificate)
    return {"name": certificate.name if shared else masked(certificate.name), "shared": shared}
