"""Sign-up: a name, one way to sign in again, who one is, and consent."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms import vietnamese
from lms.accounts.consent import CONTACT, LEARNING, STUDY, record_consent
from lms.accounts.models import Audience, Person
from lms.accounts.phone import normal_phone
from lms.accounts.usernames import new_username

_SHORTEST_NAME = 2


class SignUpBase(SignupForm):
    """What every sign-up asks; the organisations room adds the commune."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As written on your papers. It stands on your certificates."),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    audience = forms.ChoiceField(label=_("I am"), choices=Audience.choices, widget=forms.RadioSelect)
    consent_learning = forms.BooleanField(
        label=LEARNING.text, error_messages={"required": _("Please tick this if you agree.")}
    )
    consent_contact = forms.BooleanField(label=CONTACT.text, required=False)
    consent_study = forms.BooleanField(label=STUDY.text, required=False)
    signup_uuid = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)

    field_order = [
        "full_name",
        "phone",
        "username",
        "email",
        "password1",
        "password2",
        "audience",
        "commune",
        "consent_learning",
        "consent_contact",
        "consent_study",
        "signup_uuid",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.required = False
        username.label = _("Sign-in name")
        username.help_text = _("Leave it empty: we make one from your name.")
        self.fields["email"].label = _("E-mail")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("At least 8 characters.")
        self.fields["password2"].label = _("Password, once more")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_full_name(self) -> str:
        name = vietnamese.normal(self.cleaned_data["full_name"])
        if len(name) < _SHORTEST_NAME or not any(c.isalpha() for c in name):
            raise forms.ValidationError(_("Type your full name."))
        return name

    def clean_phone(self) -> str | None:
        typed = self.cleaned_data["phone"]
        if not typed.strip():
            return None
        phone = normal_phone(typed)
        if phone is None:
            raise forms.ValidationError(_("A phone number has 10 digits and begins with 0. Look again."))
        if Person.objects.filter(phone=phone).exists():
            raise forms.ValidationError(_("This number already has an account. Sign in with it."))
        return phone

    def clean_username(self) -> str:
        typed = self.cleaned_data["username"]
        if not typed:
            return new_username(self.cleaned_data.get("full_name") or "")
        checked: str = super().clean_username()
        return checked

    def clean_signup_uuid(self) -> uuid.UUID:
        value: uuid.UUID = self.cleaned_data["signup_uuid"]
        if Person.objects.filter(uuid=value).exists():
            raise forms.ValidationError(_("This form has been sent already. You can sign in now."))
        return value

    def fill_person(self, person: Person) -> None:
        """Called by the adapter before the person is saved."""
        person.uuid = self.cleaned_data["signup_uuid"]
        person.full_name = self.cleaned_data["full_name"]
        person.phone = self.cleaned_data["phone"]
        person.audience = self.cleaned_data["audience"]

    @transaction.atomic
    def save(self, request: HttpRequest) -> Person:
        person: Person = super().save(request)
        for purpose in (LEARNING, CONTACT, STUDY):
            if self.cleaned_data[f"consent_{purpose.code}"]:
                record_consent(person, purpose.code)
        return person
