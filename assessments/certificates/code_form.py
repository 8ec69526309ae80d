"""The field for a code that stands on a paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.certificates import codes
from assessments.certificates.verifying import purposes


class CodeForm(forms.Form):
    """A wrong check symbol is answered here, without the database."""

    ma = forms.CharField(
        label=_("Certificate code"),
        help_text=_("16 letters and digits in groups of four, at the bottom left of the paper."),
        max_length=64,
        error_messages={
            "required": _("Type the code that stands on the paper."),
            "max_length": _("This is longer than a certificate code. A code has 16 letters and digits."),
        },
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code",
            }
        ),
    )

    def clean_ma(self) -> str:
        code = codes.read_code(self.cleaned_data["ma"])
        if code is None:
            raise forms.ValidationError(_("This code is not right yet. Compare each group of four again."))
        return code


class OfficersCodeForm(CodeForm):
    """For staff who check papers on behalf of an agency."""

    muc_dich = forms.ChoiceField(
        label=_("Purpose of the check"),
        help_text=_("The holder sees your agency and this purpose."),
        choices=purposes.CHOICES,
        required=False,
    )

    hide_optional = True
