"""Sign-in with a learner card: number and PIN, or QR and PIN. For everyone who is not signed in."""

from __future__ import annotations

from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lms.accounts.models import LearnerCard, Person
from lms.accounts.sign_in_with_card import CardLocked, card_by_number, card_by_token, open_card

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class PinForm(forms.Form):
    pin = forms.RegexField(
        r"^\d{6}$",
        label=_("PIN"),
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages={"invalid": _("The PIN has 6 digits. Look at the card again.")},
    )


class NumberForm(PinForm):
    number = forms.CharField(label=_("Card number"), max_length=20, widget=forms.TextInput(attrs=_DIGITS))
    field_order = ["number", "pin"]

    def clean_number(self) -> str:
        digits = "".join(self.cleaned_data["number"].split()).replace("-", "")
        if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("The card number has 8 digits. Look at the card again."))
        return digits


@never_cache
@login_not_required
@sensitive_post_parameters("pin")
def card_sign_in(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.POST or None)
    if form.is_bound and form.is_valid():
        card = card_by_number(form.cleaned_data["number"])
        return _try_card(request, form, card)
    return _page(request, form)


@never_cache
@login_not_required
@sensitive_post_parameters("pin")
def card_token(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the QR code. An unknown token looks like any other until a PIN is typed."""
    form = PinForm(request.POST or None)
    if form.is_bound and form.is_valid():
        return _try_card(request, form, card_by_token(token))
    return _page(request, form)


def _try_card(request: HttpRequest, form: PinForm, card: LearnerCard | None) -> HttpResponse:
    try:
        person = open_card(card, form.cleaned_data["pin"]) if card is not None else None
    except CardLocked:
        form.add_error(
            None, _("This card is locked after too many wrong PINs. Ask your facilitator for a new one.")
        )
        return _page(request, form, status=429)
    if person is None:
        form.add_error(None, _("Card and PIN do not match. Try again, or ask your facilitator."))
        return _page(request, form)
    return _signed_in(request, person)


def _signed_in(request: HttpRequest, person: Person) -> HttpResponse:
    login(request, person, backend=_BACKEND)
    # A card is used on borrowed phones: the session ends with the browser.
    request.session.set_expiry(0)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else "/toi/")


def _page(request: HttpRequest, form: PinForm, status: int | None = None) -> HttpResponse:
    shown = request.POST.get("next", "") if request.method == "POST" else request.GET.get("next", "")
    context = {"form": form, "next": shown}
    return render(
        request, "accounts/card_sign_in.html", context, status=status or (400 if form.errors else 200)
    )
