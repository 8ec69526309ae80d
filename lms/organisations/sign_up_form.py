"""Sign-up with the commune, so that a person appears in the figures of where they live."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.accounts.api import Person
from lms.accounts.sign_up_form import SignUpBase
from lms.organisations.models import COMMUNE_LEVEL, Membership, Unit


class CommuneField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, unit: Any) -> str:
        return str(unit.full_title)


class SignUpForm(SignUpBase):
    commune = CommuneField(
        label=_("Commune, ward or special zone"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("I do not want to say"),
        to_field_name="slug",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = Unit.objects.filter(kind__in=COMMUNE_LEVEL, valid_to__isnull=True)
        commune = self.fields["commune"]
        if isinstance(commune, forms.ModelChoiceField):
            commune.queryset = communes.order_by("folded_name")

    @transaction.atomic
    def save(self, request: HttpRequest) -> Person:
        person = super().save(request)
        if self.cleaned_data["commune"] is not None:
            Membership.objects.create(person=person, unit=self.cleaned_data["commune"])
        return person
