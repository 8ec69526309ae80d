"""The form of an item: common fields, then rows for its parts (or structured text for the richer kinds)."""

from __future__ import annotations

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.items.admin.part_fields import ROWS, parts_from, row_fields
from assessments.items.kinds import get_kind
from assessments.items.models import Fact, Item, Outcome
from assessments.items.save_version import save_version
from assessments.items.verdict import Content
from lms import vietnamese

_TEXTS = ("title", "stem", "context", "hint", "why", "next_step", "source", "legal_basis")
# Fields of the content that have a field of the form or a column of their own.
_COMMON = {
    *_TEXTS, "id", "kind", "skill", "outcome", "difficulty", "state", "audience", "tags", "facts", "enemies",
    "mark", "verified_on", "review_by", "misconceptions",
}  # fmt: skip
_LONGEST = 40_000


def _text(label: Any, rows: int = 2, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=1000, widget=forms.Textarea(attrs={"rows": rows})
    )


class ItemForm(WagtailAdminModelForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    stem = _text(_("Question"), 3, required=True)
    context = _text(_("What must be known before"))
    hint = _text(_("Hint (practice only)"))
    why = _text(_("Why"), required=True)
    next_step = _text(_("What to do today"), required=True)
    source = forms.CharField(label=_("Source"), max_length=300)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    facts = forms.ModelMultipleChoiceField(
        Fact.objects.all(),
        label=_("Facts that it rests on"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    tags = forms.CharField(label=_("Tags, with commas between"), required=False, max_length=300)
    enemies = forms.CharField(label=_("Codes of items that give it away"), required=False, max_length=300)
    reason = forms.CharField(label=_("What was changed, and why"), max_length=300)

    class Meta:
        model = Item
        fields = ["code", "outcome", "difficulty"]

    kind_code = "choice"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.kind_code = self.instance.kind
            self.fields["code"].disabled = True
        self.content: Content = dict(self.instance.current.content) if self.instance.current else {}
        for name in _TEXTS:
            self.fields[name].initial = self.content.get(name) or ""
        self.fields["title"].initial = self.content.get("title") or self.instance.title
        for name in ("tags", "enemies"):
            self.fields[name].initial = ", ".join(self.content.get(name) or [])
        self.fields["facts"].initial = Fact.objects.filter(key__in=self.content.get("facts") or [])
        self.fields["outcome"].queryset = Outcome.objects.select_related("skill")
        self.fields |= self._part_fields()

    def _part_fields(self) -> dict[str, forms.Field]:
        if self.kind_code in ROWS:
            return row_fields(self.kind_code, self.content)
        return {
            "structure": forms.CharField(
                label=_("Parts of the item, as structured text"),
                max_length=_LONGEST,
                widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
                initial=yaml.safe_dump(
                    {key: one for key, one in self.content.items() if key not in _COMMON},
                    allow_unicode=True,
                    sort_keys=False,
                ),
            )
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.errors:
            return cleaned
        self.written = self._content(cleaned)
        for fault in get_kind(self.kind_code).validate(self.written) if not self.errors else []:
            self.add_error(None, fault)
        return cleaned

    def _content(self, cleaned: dict[str, Any]) -> Content:
        outcome: Outcome = cleaned["outcome"]
        return {
            **self.content,
            "id": cleaned["code"],
            "kind": self.kind_code,
            "skill": outcome.skill.code,
            "outcome": outcome.code,
            "difficulty": cleaned["difficulty"],
            **{name: vietnamese.normal(cleaned[name]) for name in _TEXTS},
            "tags": _listed(cleaned["tags"]),
            "enemies": _listed(cleaned["enemies"]),
            "facts": [fact.key for fact in cleaned["facts"]],
            **self._parts(cleaned),
        }

    def _parts(self, cleaned: dict[str, Any]) -> Content:
        if self.kind_code in ROWS:
            return parts_from(self.kind_code, cleaned, self.content)
        try:
            parts = yaml.safe_load(cleaned["structure"])
        except yaml.YAMLError as problem:
            self.add_error("structure", str(problem)[:300])
            return {}
        if not isinstance(parts, dict):
            self.add_error("structure", _("This is not a list of named parts."))
            return {}
        return {str(key): one for key, one in parts.items() if key not in _COMMON}

    def save(self, commit: bool = True) -> Item:
        item: Item = self.instance
        item.kind = self.kind_code
        return save_version(item, self.written, self.for_user, self.cleaned_data["reason"])


def _listed(text: str) -> list[str]:
    return [vietnamese.normal(one) for one in text.split(",") if one.strip()]


def form_for(kind: str) -> type[ItemForm]:
    return type(f"{kind.title()}Form", (ItemForm,), {"kind_code": kind})
