"""Web addresses to judge: text only, never a link."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from assessments.items.kinds.judge_cases import JudgeCases


class WebAddress(JudgeCases):
    code = "web_address"
    letters = "WA"
    label = gettext_lazy("Web addresses")
    parts_name = "addresses"
    genuine_label = gettext_lazy("A page of the state")
    fake_label = gettext_lazy("Not one")
