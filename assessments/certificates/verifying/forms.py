"""Fields for a file that somebody was given, and for the holder's share link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from assessments.certificates.verifying.open_pdf import MOST_BYTES
from assessments.certificates.verifying.share_link import DAYS


class FileForm(forms.Form):
    """Whether it is a PDF at all is found out when it is opened."""

    tep = forms.FileField(
        label=_("PDF file of the certificate"),
        help_text=_("Choose the file, or drop it here. At most 1.5 MB; we do not keep it."),
        allow_empty_file=False,
        error_messages={"required": _("Choose the PDF file that you were given.")},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_tep(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["tep"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large. Choose one below 1.5 MB."))
        return file


class ShareForm(forms.Form):
    """For how long somebody may see the full name."""

    share_uuid = forms.UUIDField(widget=forms.HiddenInput)
    days = forms.TypedChoiceField(
        label=_("The link works for"),
        coerce=int,
        choices=[(7, _("7 days")), (30, _("30 days")), (90, _("90 days"))],
        initial=DAYS[0],
        widget=forms.RadioSelect,
    )
