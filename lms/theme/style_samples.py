"""What the style page shows: a form with one field of each drawing, steps, a list in pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Full name"), help_text=_("As written on your papers"))
    phone = forms.RegexField(
        r"^\d{10}$",
        label=_("Phone number"),
        required=False,
        error_messages={"invalid": _("Type all 10 digits of the number.")},
    )
    audience = forms.ChoiceField(
        label=_("Meant for"),
        choices=[("people", _("Citizens")), ("staff", _("Party members, officials"))],
        initial="people",
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=[("", _("Choose a unit")), ("1", "Xã Di Linh")])
    note = forms.CharField(label=_("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.FileField(label=_("File"), required=False, help_text=_("PDF, below 10 MB"))
    agreed = forms.BooleanField(label=_("I agree that my results are kept"))


def sample_of(theme: str, label: str | Promise) -> dict[str, Any]:
    """One theme's part of the page; the theme is part of every id, so that none stands twice."""
    return {
        "theme": theme,
        "label": label,
        "form": SampleForm(auto_id=f"{theme}_new_%s"),
        "wrong_form": SampleForm({"name": "", "phone": "091234567"}, auto_id=f"{theme}_wrong_%s"),
        "steps": [
            {"title": _("Open the application"), "state": "done"},
            {"title": _("Check the address"), "state": "now", "body": _("Look first, then press.")},
            {"title": _("Press sign in"), "state": "next"},
        ],
        "page": Paginator(range(60), 20).page(2),
        "rows": [["Xã Di Linh", "1.284", "903"], ["Phường Xuân Hương - Đà Lạt", "2.110", "1.657"]],
    }
