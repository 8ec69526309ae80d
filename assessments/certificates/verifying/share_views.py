"""The holder's page of share links; for everybody else it does not exist."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.certificates import codes
from assessments.certificates.certificates_of import certificates_of
from assessments.certificates.credentials.addresses import site_address
from assessments.certificates.models import Certificate, ShareLink
from assessments.certificates.verifying.answers import with_form
from assessments.certificates.verifying.forms import ShareForm
from assessments.certificates.verifying.share_link import (
    TooManyLinks,
    make_share_link,
    open_links,
    token_of,
    withdraw_share_link,
)
from lms.accounts.api import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share_links(request: HttpRequest, code: str) -> HttpResponse:
    certificate = _own(request, code)
    form = ShareForm(request.POST if request.method == "POST" else None, initial={"share_uuid": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            make_share_link(certificate, form.cleaned_data["days"], form.cleaned_data["share_uuid"])
        except TooManyLinks:
            messages.warning(request, _("You have many open links. Withdraw one first."))
        return redirect("certificates:share", codes.shown(certificate.code))
    links = [(link, _address(certificate, link)) for link in open_links(certificate)]
    context = {
        "certificate": certificate,
        "code": codes.shown(certificate.code),
        "form": form,
        "links": links,
    }
    status = 400 if form.is_bound else 200
    return with_form(render(request, "certificates/share.html", context, status=status))


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str, link: uuid.UUID) -> HttpResponse:
    certificate = _own(request, code)
    if withdraw_share_link(certificate, link):
        messages.success(request, _("The link was withdrawn. It shows the full name no more."))
    return redirect("certificates:share", codes.shown(certificate.code))


def _own(request: HttpRequest, code: str) -> Certificate:
    plain = codes.read_code(code)
    if plain is None or not isinstance(request.user, Person):
        raise Http404
    return get_object_or_404(certificates_of(request.user), code=plain)


def _address(certificate: Certificate, link: ShareLink) -> str:
    page = reverse("certificates:page", args=[codes.shown(certificate.code)])
    return f"{site_address()}{page}?chia-se={token_of(link)}"
