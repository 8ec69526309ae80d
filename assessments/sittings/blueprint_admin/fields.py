"""Form fields for what a blueprint keeps as lists: questions per skill, and codes of listed questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.items.api import Item, Skill

MOST_PER_SKILL = 60
_LONGEST_LIST = 100


class PartsWidget(forms.Widget):
    """A number per skill; an empty or zero one leaves the skill out."""

    template_name = "sittings/admin/parts_widget.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        counts = {part["skill"]: part["count"] for part in value or []}
        context = super().get_context(name, value, attrs)
        context["rows"] = [
            {"name": f"{name}-{skill.code}", "skill": skill, "count": counts.get(skill.code, "")}
            for skill in Skill.objects.order_by("position", "code")
        ]
        context["most"] = MOST_PER_SKILL
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, Any]]:
        return [
            {"skill": code, "count": data.get(f"{name}-{code}", "")}
            for code in Skill.objects.order_by("position", "code").values_list("code", flat=True)
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)


class PartsField(forms.Field):
    """[{"skill": "vid", "count": 10}]"""

    widget = PartsWidget

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, list) else []

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [part for part in map(self._part, value or []) if part["count"]]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True

    def _part(self, given: dict[str, Any]) -> dict[str, Any]:
        words = str(given["count"]).strip() or "0"
        if not (words.isascii() and words.isdigit()) or int(words[:6]) > MOST_PER_SKILL:
            raise ValidationError(
                _("Give a whole number from 0 to %(most)s for each skill.") % {"most": MOST_PER_SKILL}
            )
        return {"skill": given["skill"], "count": int(words)}


class CodesField(forms.CharField):
    """Codes of questions, one in a line, in the order of the assessment."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        codes = super().clean(value).upper().replace(",", " ").split()
        if len(codes) > _LONGEST_LIST:
            raise ValidationError(_("At most %(most)s questions.") % {"most": _LONGEST_LIST})
        if len(set(codes)) < len(codes):
            raise ValidationError(_("A question stands twice in the list."))
        known = set(Item.objects.filter(code__in=codes).values_list("code", flat=True))
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise ValidationError(
                _("No question has this code: %(codes)s") % {"codes": ", ".join(unknown[:5])}
            )
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True
