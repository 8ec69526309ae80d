"""Forms of staff checks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.certificates.staff_checks.columns import (
    BIRTH,
    CODE,
    FIELDS,
    FULL_NAME,
    GIVEN_NAME,
    STAFF_NUMBER,
    Columns,
)
from lms import vietnamese
from lms.organisations.api import MOST_BYTES, Unit

_FIELD_LABELS = {
    FULL_NAME: _("Full name, or family and middle name"),
    GIVEN_NAME: _("Given name, if it has a column of its own"),
    BIRTH: _("Date or year of birth"),
    STAFF_NUMBER: _("Staff number"),
    CODE: _("Certificate code"),
}
_SAMPLE_LETTERS = 40


class UnitForm(forms.Form):
    """Asks for the unit only where the officer has several."""

    unit = forms.ChoiceField(label=_("On behalf of"))

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.uuid): unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [(key, unit.full_title) for key, unit in self.units.items()]
        if len(self.units) == 1:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(self.units))

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class ListForm(UnitForm):
    file = forms.FileField(
        label=_("Staff list (XLSX or CSV)"),
        help_text=_("At most 20,000 rows and 10 MB. Cells with formulas count as empty."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        min_length=3,
        max_length=150,
        help_text=_("For example: review of training. Every holder reads it."),
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        min_length=3,
        max_length=200,
        help_text=_("Number and date of the decision, plan or consent that this check rests on."),
    )
    check_uuid = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)
    field_order = ("file", "unit", "purpose", "legal_basis", "check_uuid")

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Choose a file below 10 MB."))
        if not (file.name or "").lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("Choose an XLSX or a CSV file."))
        return file

    def clean_purpose(self) -> str:
        return _plain(self.cleaned_data["purpose"])

    def clean_legal_basis(self) -> str:
        return _plain(self.cleaned_data["legal_basis"])


class ColumnsForm(forms.Form):
    """Which column holds what; every column is named by its letter, heading and first cell."""

    def __init__(
        self, *args: Any, cells: list[list[str]], heading: int, guessed: Columns, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        below = cells[heading + 1 : heading + 2] or [[]]
        heads = cells[heading] if heading >= 0 else []
        width = max((len(row) for row in cells[: heading + 50]), default=0)
        choices = [("", gettext("Not in the list"))]
        choices += [(str(place), _column_name(place, heads, below[0])) for place in range(width)]
        for name in FIELDS:
            self.fields[name] = forms.ChoiceField(
                label=_FIELD_LABELS[name],
                choices=choices,
                required=False,
                initial=str(guessed[name]) if name in guessed else "",
            )

    hide_optional = True

    def clean(self) -> dict[str, Any]:
        chosen = [value for name in FIELDS if (value := self.cleaned_data.get(name))]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("One column stands for two things. Choose each column once."))
        if not {FULL_NAME, STAFF_NUMBER, CODE} & {name for name in FIELDS if self.cleaned_data.get(name)}:
            raise forms.ValidationError(_("Choose at least the column of names, staff numbers or codes."))
        return self.cleaned_data

    def columns(self) -> Columns:
        return {name: int(value) for name in FIELDS if (value := self.cleaned_data.get(name))}


class SubscriptionForm(UnitForm):
    by_email = forms.BooleanField(label=_("Also by e-mail, once a day at most"), required=False, initial=True)


class TokenForm(UnitForm):
    name = forms.CharField(
        label=_("Name of the program"),
        min_length=2,
        max_length=80,
        help_text=_("For example: staff software of the agency."),
    )
    field_order = ("name", "unit")


def _plain(text: str) -> str:
    plain = vietnamese.normal(text)
    if len(plain) < 3:
        raise forms.ValidationError(_("Write at least three letters."))
    return plain


def _column_name(place: int, heads: Sequence[str], first: Sequence[str]) -> str:
    """C · Họ và tên (Nguyễn Thị Mẫu)"""
    letter, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letter = chr(65 + digit) + letter
    head = heads[place] if place < len(heads) else ""
    sample = first[place] if place < len(first) else ""
    words = f"{letter} · {head}" if head else letter
    return f"{words} ({sample[:_SAMPLE_LETTERS]})" if sample else words
