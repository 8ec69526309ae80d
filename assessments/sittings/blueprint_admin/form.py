"""What an administrator may set for an assessment, checked against the bank of today."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.items.api import deliverable
from assessments.sittings.blueprint_admin.fields import CodesField, PartsField
from assessments.sittings.models import Selection


class BlueprintForm(WagtailAdminModelForm):
    """Sittings keep a frozen copy: changes touch only those that begin afterwards."""

    parts = PartsField(label=_("Questions per skill"), required=False)
    fixed_items = CodesField(
        label=_("Listed questions"),
        required=False,
        help_text=_("Only for “The listed items”: codes, one in a line, in their order."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._check_items(cleaned)
        self._check_cuts(cleaned)
        return cleaned

    def _check_items(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("selection") == Selection.FIXED:
            if not cleaned.get("fixed_items") and "fixed_items" not in self.errors:
                self.add_error("fixed_items", _("List at least one question."))
            return
        parts = cleaned.get("parts")
        if parts is None:
            return
        if not parts:
            self.add_error("parts", _("Ask at least one question of one skill."))
        there = Counter(deliverable().values_list("skill__code", flat=True))
        for part in parts:
            if part["count"] > there[part["skill"]]:
                words = _("%(skill)s: the bank has only %(number)s questions that may be used.")
                self.add_error("parts", words % {"skill": part["skill"], "number": there[part["skill"]]})

    def _check_cuts(self, cleaned: dict[str, Any]) -> None:
        basic, proficient = cleaned.get("cut_basic"), cleaned.get("cut_proficient")
        if (basic is None) != (proficient is None):
            self.add_error("cut_proficient", _("Give both levels or none."))
        elif basic is not None and proficient is not None and not -4 <= basic < proficient <= 4:
            self.add_error(
                "cut_proficient", _("“Proficient” must start above “basic”, both between −4 and 4.")
            )
        self._check_range(cleaned, "exposure_cap", 0.05, 1)
        self._check_range(cleaned, "se_target", 0.1, 1)
        self._check_range(cleaned, "pass_share", 0.1, 1)
        self._check_range(cleaned, "unscored_seeds", 0, 2)
        self._check_range(cleaned, "max_items", 5, 60)

    def _check_range(self, cleaned: dict[str, Any], name: str, low: float, high: float) -> None:
        value = cleaned.get(name)
        if value is not None and not low <= value <= high:
            self.add_error(
                name,
                _("Between %(low)s and %(high)s.") % {"low": number_format(low), "high": number_format(high)},
            )
