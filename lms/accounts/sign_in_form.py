"""Sign in with a name, a phone number or an e-mail address, and a password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.models import EmailAddress
from django import forms
from django.utils.translation import gettext_lazy as _

from lms import vietnamese
from lms.accounts.models import Person
from lms.accounts.phone import normal_phone

_LONGEST_LOGIN = 254


def username_of(login: str) -> str:
    """The username behind what was typed; the text itself when nobody is behind it."""
    typed = vietnamese.normal(login)
    phone = normal_phone(typed)
    if phone:
        found = Person.objects.filter(phone=phone).values_list("username", flat=True).first()
        if found:
            return found
    if "@" in typed:
        found = _username_by_email(typed)
        if found:
            return found
    return typed.lower()[: Person._meta.get_field("username").max_length]


def _username_by_email(email: str) -> str | None:
    """A confirmed address first; else an address that only one person gave."""
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    if confirmed is not None:
        return str(confirmed.user.username)
    people = Person.objects.filter(email__iexact=email).values_list("username", flat=True)[:2]
    return people[0] if len(people) == 1 else None


class SignInForm(LoginForm):
    hide_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Sign-in name, phone number or e-mail"),
            max_length=_LONGEST_LOGIN,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        )
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["remember"].label = _("Keep me signed in on this device")
        self.order_fields(["login", "password", "remember"])

    def user_credentials(self) -> dict[str, str]:
        """Always by username, so that a lock counts tries by name, phone and e-mail together."""
        return {
            "username": username_of(self.cleaned_data["login"]),
            "password": self.cleaned_data["password"],
        }
