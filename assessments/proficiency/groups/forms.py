"""Forms of the people who look after the figures: residents, reference samples, replies."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.items.api import Skill
from assessments.proficiency.groups.draw_sample import Wish
from assessments.proficiency.groups.import_cells import Origin
from assessments.proficiency.groups.models import Reply
from lms.organisations.api import COMMUNE_LEVEL, MOST_BYTES, Unit, UnitKind

_LARGEST_SAMPLE = 5_000
_SMALLEST_SAMPLE = 30


class ResidentsForm(forms.Form):
    file = forms.FileField(
        label=_("Table of residents (XLSX or CSV)"),
        help_text=_("Headings: Xã/phường, Nhóm tuổi, Giới tính, Nhóm dân tộc, Số dân. At most 5,000 rows."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Who counted, and where it was published.")
    )
    as_of = forms.DateField(
        label=_("Counted on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Choose a file below 10 MB."))
        return file

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def origin(self) -> Origin:
        return Origin(self.cleaned_data["source"], self.cleaned_data["as_of"])


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_title)


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name of the sample"), max_length=150)
    unit = UnitChoice(label=_("Drawn from the people of"), queryset=Unit.objects.none())
    skill = forms.ModelChoiceField(label=_("Skill"), queryset=Skill.objects.all())
    size = forms.IntegerField(
        label=_("How many people"),
        min_value=_SMALLEST_SAMPLE,
        max_value=_LARGEST_SAMPLE,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    sample_uuid = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = units.filter(kind__in=[UnitKind.PROVINCE, *COMMUNE_LEVEL])

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(data["name"], data["unit"], data["skill"], data["size"], uuid=data["sample_uuid"])


class ReplyForm(forms.Form):
    member = forms.IntegerField()
    state = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (Reply.DRAWN, Reply.REACHED, Reply.REFUSED)]
    )
