"""The forms of an upload and of an activity's settings."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from media.h5p.archive import ArchiveError, read_directory
from media.h5p.django_app.messages import sentence
from media.h5p.django_app.models import Activity
from media.h5p.errors import IssueLog
from media.h5p.limits import Limits
from media.h5p.members import check_members

_MOST_SHOWN = 5


class UploadForm(forms.Form):
    """What can be known without unpacking is said at once; the rest is the worker's."""

    file = forms.FileField(
        label=_("H5P package"),
        help_text=_("A file that ends in .h5p, at most 64 MB."),
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
    )
    upload_uuid = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        codes = list(dict.fromkeys(_quick_faults(file)))[:_MOST_SHOWN]
        if codes:
            raise forms.ValidationError([forms.ValidationError(sentence(code), code=code) for code in codes])
        return file


def _quick_faults(file: UploadedFile[Any]) -> list[str]:
    if not (file.name or "").lower().endswith(".h5p"):
        return ["missing-h5p-extension"]
    limits, log = Limits(), IssueLog()
    try:
        check_members(read_directory(file, limits), limits, log)  # type: ignore[arg-type]  # seeks and reads as a file
    except ArchiveError as problem:
        return [problem.code]
    return [issue.code for issue in log.issues if issue.level == "error"]


class ActivityForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Activity
        fields = ["title", "blind"]
