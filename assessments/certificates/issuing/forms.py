"""Forms of issuing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.organisations.api import Unit

_MOST_DAYS = 31
_WRITTEN = ["%Y-%m-%d", "%d/%m/%Y"]


def _day(label: Any) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, input_formats=_WRITTEN)


class BatchForm(forms.Form):
    """Whose certificates, and of which test days."""

    unit = forms.ChoiceField(label=_("Unit"))
    first_day = _day(_("First test day"))
    last_day = _day(_("Last test day"))
    batch_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {"first_day": today, "last_day": today, "batch_uuid": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        self.units = {str(unit.uuid): unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [("", gettext("Choose a unit")), *((k, u.full_title) for k, u in self.units.items())]

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

    def clean_last_day(self) -> dt.date:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data["last_day"]
        if first is not None and not first <= last <= first + dt.timedelta(days=_MOST_DAYS - 1):
            raise forms.ValidationError(_("The last day must follow the first, within 31 days."))
        if last > timezone.localdate():
            raise forms.ValidationError(_("The last day must not be in the future."))
        day: dt.date = last
        return day
