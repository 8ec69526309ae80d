"""A statement about a case: true or false. The order of the two answers has a meaning, so it is kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import parts_of
from assessments.items.kinds.choice import Choice
from assessments.items.verdict import Content


class TrueFalse(Choice):
    code = "true_false"
    letters = "TF"
    label = gettext_lazy("True or false")
    fewest, most = 2, 2

    @property
    def template(self) -> str:
        return "items/kinds/choice.html"

    def order(self, content: Content, seed: int) -> list[Content]:
        """“True” first whatever the author wrote first: the order must not hint at the key."""
        return sorted(parts_of(content, "options"), key=lambda option: str(option["id"]) != "true")
