"""Certificates in the admin: find, withdraw, correct a name. For administrators only."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from assessments.certificates.check_code import status_of
from assessments.certificates.codes import shown
from assessments.certificates.correct_name import CannotCorrect, correct_name
from assessments.certificates.models import Certificate, CertificateEvent
from assessments.certificates.record_event import chain_is_whole
from assessments.certificates.revoke_certificate import CannotRevoke, revoke_certificate
from assessments.certificates.verifying.find_certificates import find_certificates
from assessments.certificates.verifying.state_words import event_words, status_words
from lms.accounts.api import Person
from lms.organisations.api import RoleKind, request_has_role

_PER_PAGE = 50
_EVENTS = 100


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason, which everybody can read"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Right full name"), max_length=150)


def may_manage(request: HttpRequest) -> bool:
    return request_has_role(request, RoleKind.ADMINISTRATOR)


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    _only_administrators(request)
    words = request.GET.get("q", "")[:150]
    page = Paginator(find_certificates(words), _PER_PAGE).get_page(request.GET.get("p"))
    rows = [(one, shown(one.code), status_words(status_of(one))) for one in page]
    return render(request, "certificates/admin/found.html", {"rows": rows, "page": page, "words": words})


@require_safe
def one_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    _only_administrators(request)
    return _page(request, _certificate(pk))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    _only_administrators(request)
    certificate, form = _certificate(pk), WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, certificate, withdraw_form=form)
    try:
        done = revoke_certificate(certificate, form.cleaned_data["reason"], _person(request))
    except CannotRevoke:
        form.add_error("reason", _("Say why, in words that everybody can read."))
        return _page(request, certificate, withdraw_form=form)
    if done:
        messages.success(request, _("The certificate was withdrawn. Its page says so from now on."))
    else:
        messages.warning(request, _("It was withdrawn before; the first reason stays."))
    return redirect("certificates_one", pk)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent twice, the second one finds the certificate replaced and changes nothing."""
    _only_administrators(request)
    certificate, form = _certificate(pk), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, certificate, name_form=form)
    try:
        corrected = correct_name(certificate, form.cleaned_data["name"], _person(request))
    except CannotCorrect:
        form.add_error("name", _("Only a certificate that is not withdrawn or replaced can be corrected."))
        return _page(request, certificate, name_form=form)
    messages.success(request, _("A new certificate with the right name took the place of the old one."))
    return redirect("certificates_one", corrected.pk)


def _page(
    request: HttpRequest,
    certificate: Certificate,
    *,
    withdraw_form: WithdrawForm | None = None,
    name_form: NameForm | None = None,
) -> HttpResponse:
    events = CertificateEvent.objects.filter(certificate=certificate).order_by("-position")[:_EVENTS]
    status = status_of(certificate)
    context = {
        "certificate": certificate,
        "code": shown(certificate.code),
        "status": status,
        "status_words": status_words(status),
        "events": [(event, event_words(event)) for event in events],
        "whole": chain_is_whole(certificate),
        "withdraw_form": withdraw_form or WithdrawForm(),
        "name_form": name_form or NameForm(initial={"name": certificate.name}),
    }
    faulty = withdraw_form is not None or name_form is not None
    return render(request, "certificates/admin/one.html", context, status=400 if faulty else 200)


def _certificate(pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.select_related("superseded_by", "replaces"), pk=pk)


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _only_administrators(request: HttpRequest) -> None:
    if not may_manage(request):
        raise PermissionDenied
