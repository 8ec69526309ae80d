"""Forms of the roster: one person, a list."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms import vietnamese
from lms.accounts.api import Audience, Person, normal_phone
from lms.organisations.add_person import Details, person_like
from lms.organisations.models import Unit
from lms.organisations.people_import.read_rows import MOST_BYTES

_OLDEST = 120


class AddPersonForm(forms.Form):
    full_name = forms.CharField(label=_("Full name"), max_length=150)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices, widget=forms.RadioSelect)
    consent = forms.BooleanField(
        label=_("I have asked this person, and they agree that we keep their name and learning results."),
        error_messages={"required": _("Ask the person first, then tick this.")},
    )
    person_uuid = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean_full_name(self) -> str:
        name = vietnamese.normal(self.cleaned_data["full_name"])
        if len(name) < 2 or not any(c.isalpha() for c in name):
            raise forms.ValidationError(_("Type the full name."))
        return name

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        this_year = timezone.localdate().year
        if year is not None and not this_year - _OLDEST <= year <= this_year:
            raise forms.ValidationError(_("This year of birth cannot be right."))
        return year

    def clean_phone(self) -> str | None:
        typed: str = self.cleaned_data["phone"]
        if not typed.strip():
            return None
        phone = normal_phone(typed)
        if phone is None:
            raise forms.ValidationError(_("A phone number has 10 digits and begins with 0. Look again."))
        if self._others().filter(phone=phone).exists():
            raise forms.ValidationError(_("Another person has this phone number. Leave it empty."))
        return phone

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.errors:
            return data
        there = person_like(self.unit, data["full_name"], data["birth_year"])
        if there is not None and there.uuid != data["person_uuid"]:
            raise forms.ValidationError(_("This person is in the unit already."))
        return data

    def details(self) -> Details:
        data = self.cleaned_data
        return Details(data["full_name"], data["birth_year"], data["phone"], data["audience"])

    def _others(self) -> Any:
        sent = self.data.get("person_uuid", "")
        try:
            return Person.objects.exclude(uuid=uuid.UUID(str(sent)))
        except ValueError:
            return Person.objects.all()


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("List of people (XLSX or CSV)"), help_text=_("At most 5,000 rows and 10 MB.")
    )
    consent = forms.BooleanField(
        label=_("The people on this list were asked, and they agree that we keep their names and results."),
        error_messages={"required": _("Ask the people first, then tick this.")},
    )
    import_uuid = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Choose a file below 10 MB."))
        if not (file.name or "").lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("Choose an XLSX or a CSV file."))
        return file
